package org.kvantenergo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.simulator.net.Target;
import org.kvantenergo.wire.packet.Ack;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;
import org.kvantenergo.wire.packet.Reject;

@Timeout(30)
class SessionTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T09:00:00Z"), ZoneOffset.UTC);
  private static final ModuleIdentity MODULE = ModuleIdentity.ofFleet(1);

  @TempDir Path folder;

  private final ConcurrentLinkedQueue<String> messages = new ConcurrentLinkedQueue<>();

  /** One module that sends its records until they are acknowledged. */
  private Totals.Snapshot send(int port, SimulatedModule module, Faults faults)
      throws IOException, InterruptedException {
    CountDownLatch sent = new CountDownLatch(1);
    Simulation.Settings settings =
        new Simulation.Settings(
            Target.of("127.0.0.1", port), 1, folder.resolve("journal"), Duration.ofMillis(20));
    try (Simulation simulation = new Simulation(settings, CLOCK, messages::add)) {
      simulation.totals().made.add(module.waiting());
      Visitor visitor =
          new Visitor(
              simulation,
              module,
              simulation.connector().loop(),
              new ModuleSession.Manner(false, faults),
              new Gate(1),
              new Visitor.Listener() {
                @Override
                public void allSent() {
                  sent.countDown();
                }
              });
      visitor.loop().execute(visitor::report);
      sent.await();
      return simulation.totals().snapshot();
    }
  }

  private static SimulatedModule moduleWith(int records) {
    SimulatedModule module = new SimulatedModule(MODULE);
    VirtualMeter meter = new VirtualMeter(1);
    for (int i = 0; i < records; i++) {
      Instant time = CLOCK.instant().minusSeconds(3600L * (records - i));
      long clock = time.getEpochSecond() + 30;
      module.add(meter.read(time, clock, time, Duration.ofHours(1), VirtualMeter.SLICE));
    }
    return module;
  }

  @Test
  void aLostAcknowledgementBringsTheSameBytesAgain() throws Exception {
    AtomicInteger acks = new AtomicInteger();
    Faults loseFirst =
        new Faults() {
          @Override
          public boolean losesAck() {
            return acks.incrementAndGet() == 1;
          }

          @Override
          public boolean repeats() {
            return false;
          }
        };
    try (Peer peer = new Peer()) {
      Totals.Snapshot totals = send(peer.port(), moduleWith(3), loseFirst);
      assertThat(peer.readings()).hasSize(2);
      assertThat(peer.readings().get(1)).isEqualTo(peer.readings().get(0));
      assertThat(peer.storedRecords()).isEqualTo(3);
      assertThat(totals.lostAcks()).isEqualTo(1);
      assertThat(totals.stored()).isZero();
      assertThat(totals.already()).isEqualTo(3);
      assertThat(totals.clean()).isTrue();
      assertThat(Journal.read(folder.resolve("journal")))
          .extracting(Journal.Entry::code)
          .containsExactly(1, 1, 1);
    }
  }

  @Test
  void aServerThatForgetsWhatItAcknowledgedIsFoundOut() throws Exception {
    AtomicInteger acks = new AtomicInteger();
    Faults loseFirst =
        new Faults() {
          @Override
          public boolean losesAck() {
            return acks.incrementAndGet() == 1;
          }

          @Override
          public boolean repeats() {
            return false;
          }
        };
    Peer.Script forgetful =
        (session, question) -> question instanceof Readings ? new Ack(false, 0) : null;
    try (Peer peer = new Peer(forgetful)) {
      SimulatedModule module = moduleWith(1);
      CountDownLatch seen = new CountDownLatch(1);
      Simulation.Settings settings =
          new Simulation.Settings(
              Target.of("127.0.0.1", peer.port()), 1, null, Duration.ofMillis(20));
      try (Simulation simulation =
          new Simulation(
              settings,
              CLOCK,
              line -> {
                messages.add(line);
                seen.countDown();
              })) {
        Visitor visitor =
            new Visitor(
                simulation,
                module,
                simulation.connector().loop(),
                new ModuleSession.Manner(false, loseFirst),
                new Gate(1),
                new Visitor.Listener() {});
        visitor.loop().execute(visitor::report);
        seen.await();
        assertThat(messages.peek())
            .isEqualTo(
                "KVANT-6006 The server answered module 860000000000001 against the protocol:"
                    + " records of a lost acknowledgement were acknowledged as new");
        assertThat(simulation.clean()).isFalse();
      }
    }
  }

  @Test
  void aRepeatIsSentInTheSameSessionAndCountedOnce() throws Exception {
    try (Peer peer = new Peer()) {
      Totals.Snapshot totals = send(peer.port(), moduleWith(2), Faults.shares(0, 1));
      assertThat(peer.heard()).hasSize(1);
      assertThat(peer.readings()).hasSize(2);
      assertThat(peer.readings().get(1)).isEqualTo(peer.readings().get(0));
      assertThat(totals.stored()).isEqualTo(2);
      assertThat(totals.already()).isZero();
      assertThat(totals.repeats()).isEqualTo(1);
      assertThat(totals.clean()).isTrue();
    }
  }

  @Test
  void moreThanSixtyFourRecordsTakeSeveralFrames() throws Exception {
    try (Peer peer = new Peer()) {
      Totals.Snapshot totals = send(peer.port(), moduleWith(130), Faults.NONE);
      assertThat(totals.stored()).isEqualTo(130);
      assertThat(peer.heard()).hasSize(1);
      assertThat(peer.heard().get(0).packets())
          .filteredOn(Readings.class::isInstance)
          .extracting(packet -> ((Readings) packet).records().size())
          .containsExactly(64, 64, 2);
    }
  }

  @Test
  void aBusyServerIsAskedAgain() throws Exception {
    Peer.Script busyAtFirst =
        (session, question) ->
            session == 1 && question instanceof Hello
                ? new HelloAck(HelloAck.Result.BUSY, Peer.SERVER_TIME, 120)
                : null;
    try (Peer peer = new Peer(busyAtFirst)) {
      Totals.Snapshot totals = send(peer.port(), moduleWith(1), Faults.NONE);
      assertThat(totals.sessions()).isEqualTo(2);
      assertThat(totals.failed()).isEqualTo(1);
      assertThat(totals.clean()).isTrue();
      assertThat(messages).containsExactly("KVANT-6002 The server is busy; coming again in 1 s");
    }
  }

  @Test
  void storageThatIsAwayCostsNoRecord() throws Exception {
    Peer.Script noStorageAtFirst =
        (session, question) ->
            session == 1 && question instanceof Readings
                ? new Reject(Reject.Reason.STORAGE_UNAVAILABLE)
                : null;
    try (Peer peer = new Peer(noStorageAtFirst)) {
      Totals.Snapshot totals = send(peer.port(), moduleWith(1), Faults.NONE);
      assertThat(totals.sessions()).isEqualTo(2);
      assertThat(totals.stored()).isEqualTo(1);
      assertThat(messages)
          .containsExactly("KVANT-6003 The server cannot store now; coming again in 1 s");
    }
  }

  @Test
  void theClockFollowsTheServerAndARecordKeepsItsTime() throws Exception {
    try (Peer peer = new Peer()) {
      SimulatedModule module = moduleWith(1);
      long made = module.frames().get(0).records().get(0).moduleTime();
      send(peer.port(), module, Faults.NONE);
      assertThat(module.clock(CLOCK.instant())).isEqualTo(Peer.SERVER_TIME);
      assertThat(peer.recordsOf(MODULE.imei()))
          .extracting(Reading::moduleTime)
          .containsExactly(made);
    }
  }

  @Test
  void aBrokenClockStaysBroken() throws Exception {
    try (Peer peer = new Peer()) {
      SimulatedModule module = moduleWith(1);
      module.breakClock(-CLOCK.instant().getEpochSecond());
      send(peer.port(), module, Faults.NONE);
      assertThat(module.clock(CLOCK.instant())).isZero();
    }
  }

  @Test
  void theJournalNamesWhatWasAcknowledged() throws Exception {
    try (Peer peer = new Peer()) {
      SimulatedModule module = moduleWith(2);
      List<Reading> records = module.frames().get(0).records();
      send(peer.port(), module, Faults.NONE);
      assertThat(Journal.read(folder.resolve("journal")))
          .containsExactly(entry(records.get(0)), entry(records.get(1)));
    }
  }

  private static Journal.Entry entry(Reading record) {
    return new Journal.Entry(
        MODULE.imei(),
        MODULE.serial(),
        record.recordNumber(),
        record.moduleTime(),
        Journal.digest(record),
        0);
  }

  @Test
  void anAnswerOutOfOrderIsAgainstTheProtocol() throws Exception {
    Peer.Script infoIsKnown =
        (session, question) ->
            session == 1 && question instanceof org.kvantenergo.wire.packet.Info
                ? new Ack(true, 0)
                : (Packet.Downlink) null;
    try (Peer peer = new Peer(infoIsKnown)) {
      Totals.Snapshot totals = send(peer.port(), moduleWith(1), Faults.NONE);
      assertThat(totals.unexpected()).isEqualTo(1);
      assertThat(totals.clean()).isFalse();
      assertThat(totals.waiting()).isZero();
    }
  }
}
