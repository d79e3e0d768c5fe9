package org.kvantenergo.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.simulator.net.Target;
import org.kvantenergo.wire.command.CommandCodec;
import org.kvantenergo.wire.command.DeviceCommand;
import org.kvantenergo.wire.packet.Bye;
import org.kvantenergo.wire.packet.Command;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/** What a module does with COMMAND: docs/protocol.md, "Commands". */
@Timeout(30)
class CommandTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T09:00:00Z"), ZoneOffset.UTC);
  private static final ModuleIdentity MODULE = ModuleIdentity.ofFleet(1);
  private static final DeviceCommand.SetSchedule SCHEDULE = new DeviceCommand.SetSchedule(5, 6, 30);

  /** Sent as an answer to INFO, it has the seq 2 of that INFO. */
  private static final Command UNASKED = new Command(1, 2, new byte[0]);

  @TempDir Path folder;

  private final ConcurrentLinkedQueue<String> messages = new ConcurrentLinkedQueue<>();
  private final VirtualMeter meter = new VirtualMeter(1);
  private final SimulatedModule module = new SimulatedModule(MODULE);
  private int made;

  @BeforeEach
  void open() {
    module.settings().open(true);
  }

  private static Command command(long id, DeviceCommand command) {
    return new Command(id, command.code(), CommandCodec.arguments(command));
  }

  private void makeRecord() {
    Instant time = CLOCK.instant().plusSeconds(3600L * made++);
    long clock = time.getEpochSecond() + 30;
    module.make(meter.read(time, clock, time, Duration.ofHours(1), VirtualMeter.SLICE));
  }

  /** One record, until it is acknowledged and the module is home. */
  private Totals.Snapshot report(Peer peer, Faults faults) throws Exception {
    makeRecord();
    CountDownLatch sent = new CountDownLatch(1);
    Simulation.Settings settings =
        new Simulation.Settings(
            Target.of("127.0.0.1", peer.port()),
            1,
            folder.resolve("journal"),
            Duration.ofMillis(20));
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

  /** The n-th answer about dropping a command is that of the array; then no more. */
  private static Faults dropping(int sessions) {
    return new Faults() {
      private int left = sessions;

      @Override
      public boolean losesAck() {
        return false;
      }

      @Override
      public boolean repeats() {
        return false;
      }

      @Override
      public boolean dropsCommand() {
        return left-- > 0;
      }
    };
  }

  private static List<Class<?>> kinds(Peer.Heard session) {
    return session.packets().stream().<Class<?>>map(Object::getClass).toList();
  }

  private List<Journal.CommandEntry> journal() throws Exception {
    return Journal.commands(folder.resolve("journal"));
  }

  private static Journal.CommandEntry entry(long id, Journal.Step step, int result) {
    return new Journal.CommandEntry(MODULE.imei(), MODULE.serial(), id, step, result);
  }

  @Test
  void aScheduleIsInForceInTheInfoAfterTheResult() throws Exception {
    try (Peer peer = new Peer()) {
      peer.order(MODULE.serial(), command(7, SCHEDULE));
      Totals.Snapshot totals = report(peer, Faults.NONE);
      Peer.Heard session = peer.heard().get(0);
      assertThat(kinds(session))
          .containsExactly(Info.class, Readings.class, CommandResult.class, Info.class, Bye.class);
      assertThat(session.packets().get(2)).isEqualTo(new CommandResult(7, 0));
      Info info = (Info) session.packets().get(3);
      assertThat(info.contractDay()).isEqualTo(5);
      assertThat(info.contractHour()).isEqualTo(6);
      assertThat(info.period()).isEqualTo(30);
      assertThat(totals.commands()).isEqualTo(new CommandTotals.Snapshot(1, 1, 0, 0, 0, 1, 0));
      assertThat(totals.clean()).isTrue();
      assertThat(journal())
          .containsExactly(
              entry(7, Journal.Step.EXECUTED, 0), entry(7, Journal.Step.ACKNOWLEDGED, 0));
      report(peer, Faults.NONE);
      assertThat(peer.recordsOf(MODULE.imei()).get(1).period()).isEqualTo(30);
      assertThat(peer.faults()).isEmpty();
    }
  }

  @Test
  void everyCommandThatWaitsIsTakenBeforeGoodbye() throws Exception {
    try (Peer peer = new Peer()) {
      peer.order(MODULE.serial(), command(1, new DeviceCommand.SetRetries(9)));
      peer.order(MODULE.serial(), command(2, new DeviceCommand.SetApn("net", "me", "secret")));
      peer.order(MODULE.serial(), command(3, new DeviceCommand.MetrologicalMode()));
      report(peer, Faults.NONE);
      List<Packet.Uplink> packets = peer.heard().get(0).packets();
      assertThat(packets)
          .filteredOn(CommandResult.class::isInstance)
          .containsExactly(
              new CommandResult(1, 0), new CommandResult(2, 0), new CommandResult(3, 0));
      assertThat(packets)
          .filteredOn(Info.class::isInstance)
          .extracting(packet -> ((Info) packet).retries(), packet -> ((Info) packet).apn())
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(3, ""),
              org.assertj.core.groups.Tuple.tuple(9, ""),
              org.assertj.core.groups.Tuple.tuple(9, "net"));
      assertThat(peer.heard()).hasSize(1);
    }
  }

  @Test
  void aLockedModuleObeysOneCommandAlone() throws Exception {
    module.settings().open(false);
    try (Peer peer = new Peer()) {
      peer.order(MODULE.serial(), command(1, SCHEDULE));
      peer.order(MODULE.serial(), command(2, new DeviceCommand.TechnologicalMode()));
      peer.order(MODULE.serial(), command(3, SCHEDULE));
      Totals.Snapshot totals = report(peer, Faults.NONE);
      report(peer, Faults.NONE);
      assertThat(peer.results(1)).containsExactly(1);
      assertThat(peer.results(2)).containsExactly(0);
      assertThat(peer.results(3)).containsExactly(0);
      assertThat(totals.commands()).isEqualTo(new CommandTotals.Snapshot(3, 2, 1, 0, 0, 3, 0));
      assertThat(peer.recordsOf(MODULE.imei()))
          .extracting(Reading::status)
          .containsExactly(4097, 4097 + (1 << 14));
    }
  }

  @Test
  void whatIsUnknownOrWrongIsNotCarriedOut() throws Exception {
    try (Peer peer = new Peer()) {
      peer.order(MODULE.serial(), new Command(1, 77, new byte[0]));
      peer.order(MODULE.serial(), new Command(2, 4, new byte[] {11}));
      peer.order(MODULE.serial(), new Command(3, 4, new byte[] {1, 2}));
      report(peer, Faults.NONE);
      assertThat(peer.results(1)).containsExactly(2);
      assertThat(peer.results(2)).containsExactly(3);
      assertThat(peer.results(3)).containsExactly(3);
      assertThat(module.info().retries()).isEqualTo(3);
    }
  }

  @Test
  void theArchiveOfAPeriodComesBeforeTheResult() throws Exception {
    try (Peer peer = new Peer()) {
      for (int i = 0; i < 4; i++) {
        report(peer, Faults.NONE);
      }
      List<Reading> records = peer.recordsOf(MODULE.imei());
      long from = records.get(1).moduleTime();
      long to = records.get(2).moduleTime();
      peer.order(MODULE.serial(), command(5, new DeviceCommand.SendArchive(from, to)));
      Totals.Snapshot totals = report(peer, Faults.NONE);
      Peer.Heard last = peer.heard().get(4);
      assertThat(kinds(last))
          .containsExactly(
              Info.class, Readings.class, Readings.class, CommandResult.class, Bye.class);
      assertThat(((Readings) last.packets().get(2)).records())
          .containsExactly(records.get(1), records.get(2));
      assertThat(totals.stored()).isEqualTo(1);
      assertThat(totals.already()).isZero();
      assertThat(totals.clean()).isTrue();
      assertThat(peer.storedRecords()).isEqualTo(5);
    }
  }

  @Test
  void aCommandWhoseResultWasLostIsAnsweredAgainAndNotCarriedOut() throws Exception {
    try (Peer peer = new Peer()) {
      peer.order(MODULE.serial(), command(9, SCHEDULE));
      Totals.Snapshot totals = report(peer, dropping(2));
      assertThat(peer.heard()).hasSize(3);
      assertThat(peer.results(9)).containsExactly(0);
      assertThat(totals.commands()).isEqualTo(new CommandTotals.Snapshot(3, 1, 0, 2, 2, 1, 0));
      assertThat(totals.clean()).isTrue();
      assertThat(journal())
          .containsExactly(
              entry(9, Journal.Step.EXECUTED, 0),
              entry(9, Journal.Step.REPEATED, 0),
              entry(9, Journal.Step.REPEATED, 0),
              entry(9, Journal.Step.ACKNOWLEDGED, 0));
      assertThat(Journal.read(folder.resolve("journal"))).hasSize(1);
    }
  }

  @Test
  void thirtyTwoCommandsAreRemembered() {
    CommandMemory memory = new CommandMemory();
    for (int id = 1; id <= 33; id++) {
      memory.remember(id, id % 5).tell();
    }
    assertThat(memory.of(1)).isNull();
    assertThat(memory.of(2).result()).isEqualTo(2);
    CommandMemory restored = new CommandMemory();
    restored.restore(memory.text());
    assertThat(restored.text()).isEqualTo(memory.text()).startsWith("2:2:1,3:3:1,");
    assertThat(restored.of(33).toldTwice()).isFalse();
  }

  @Test
  void aCommandThatIsCarriedOutTwiceIsFoundOut() {
    CommandTotals totals = new CommandTotals();
    totals.executed(1);
    totals.executed(2);
    totals.executed(1);
    totals.executed(1);
    assertThat(totals.snapshot().executed()).isEqualTo(4);
    assertThat(totals.snapshot().twice()).isEqualTo(1);
  }

  @Test
  void anAnnouncedCommandThatDoesNotComeIsAgainstTheProtocol() throws Exception {
    Peer.Script announces =
        (session, question) ->
            session == 1 && question instanceof Info
                ? new org.kvantenergo.wire.packet.Ack(false, 1)
                : null;
    try (Peer peer = new Peer(announces)) {
      Totals.Snapshot totals = report(peer, Faults.NONE);
      assertThat(totals.unexpected()).isEqualTo(1);
      assertThat(messages)
          .contains(
              "KVANT-6006 The server answered module 860000000000001 against the protocol:"
                  + " no COMMAND after an ACK with pendingCommands");
    }
  }

  @Test
  void aCommandWithAnotherSeqIsAgainstTheProtocol() throws Exception {
    Peer.Script commandsAtOnce =
        (session, question) -> session == 1 && question instanceof Info ? UNASKED : null;
    try (Peer peer = new Peer(commandsAtOnce)) {
      Totals.Snapshot totals = report(peer, Faults.NONE);
      assertThat(totals.unexpected()).isEqualTo(1);
      assertThat(totals.commands().executed()).isZero();
      assertThat(messages).anyMatch(line -> line.endsWith("COMMAND has seq 2, not 1"));
    }
  }
}
