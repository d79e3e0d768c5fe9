package org.kvantenergo.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kvantenergo.adapter.ModuleFrames.bye;
import static org.kvantenergo.adapter.ModuleFrames.frame;
import static org.kvantenergo.adapter.ModuleFrames.hello;
import static org.kvantenergo.adapter.ModuleFrames.helloPacket;
import static org.kvantenergo.adapter.ModuleFrames.info;
import static org.kvantenergo.adapter.ModuleFrames.ping;
import static org.kvantenergo.adapter.ModuleFrames.readings;
import static org.kvantenergo.adapter.ModuleFrames.together;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kvantenergo.adapter.FakeBean;
import org.kvantenergo.adapter.FakeEndpoints;
import org.kvantenergo.adapter.FakeServer;
import org.kvantenergo.adapter.ModuleFrames;
import org.kvantenergo.adapter.TestModule;
import org.kvantenergo.adapter.delivery.Dispatcher;
import org.kvantenergo.adapter.delivery.Workers;
import org.kvantenergo.adapter.metrics.AdapterMeters;
import org.kvantenergo.wire.AckReceipt;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.EndReason;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.HelloAck;

/** The whole adapter but for its activation, over loopback sockets. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AcceptorTest {

  private static final long SERIAL = 642_000_017L;
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final long STOP_MILLIS = 30_000;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AdapterMeters meters = new AdapterMeters(registry);
  private final FakeServer server = new FakeServer();
  private final FakeBean bean = new FakeBean();
  private final FakeEndpoints endpoints = new FakeEndpoints(server.transactions(), bean);
  private final List<TestModule> modules = new ArrayList<>();
  private Workers workers;
  private Dispatcher dispatcher;
  private Acceptor acceptor;
  private Acceptor.Tls tls;
  private int maxPerAddress = 50_000;

  private void open(int maxSessions, TimeLimits limits) throws Exception {
    workers = new Workers(server);
    dispatcher =
        new Dispatcher(
            new Dispatcher.Settings("node", 4, 500, 2),
            endpoints,
            server.transactions(),
            workers,
            Clock.systemUTC(),
            meters);
    acceptor =
        new Acceptor(
            new Acceptor.Settings("127.0.0.1", 0, tls, "node", maxSessions, maxPerAddress, limits),
            dispatcher,
            Clock.systemUTC(),
            meters);
    acceptor.open();
  }

  private void open() throws Exception {
    open(50_000, TimeLimits.PROTOCOL);
  }

  private TestModule module() throws IOException {
    TestModule module = new TestModule(acceptor.port());
    modules.add(module);
    return module;
  }

  private TestModule opened(long serial) throws IOException {
    TestModule module = module();
    module.send(hello(1, serial));
    assertThat(module.answer()).isEqualTo("HELLO_ACK 1 ACCEPTED");
    return module;
  }

  @AfterEach
  void close() throws Exception {
    for (TestModule module : modules) {
      module.close();
    }
    assertThat(acceptor.close(STOP_MILLIS)).isZero();
    assertThat(dispatcher.stop(STOP_MILLIS)).isTrue();
    workers.close();
    server.close();
  }

  @Test
  void aThousandSessionsAtOnceGetTheirAnswersInOrder() throws Exception {
    open();
    for (int i = 0; i < 1000; i++) {
      module();
    }
    for (int i = 0; i < 1000; i++) {
      modules
          .get(i)
          .send(hello(1, SERIAL + i), info(2), readings(3, 1, 2), ping(4), readings(5, 2), bye(6));
    }
    for (TestModule module : modules) {
      assertThat(module.answersToTheEnd())
          .containsExactly(
              "HELLO_ACK 1 ACCEPTED", "ACK 2 new", "ACK 3 new", "ACK 4 new", "ACK 5 again", "END");
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(bean.nextEnd().reason()).isEqualTo(EndReason.BYE);
    }
  }

  @Test
  void whatASessionDidIsCounted() throws Exception {
    open();
    TestModule module = module();
    byte[] broken = ModuleFrames.broken(ping(4));
    module.send(hello(1, SERIAL), info(2), readings(3, 1, 2), broken, readings(5, 1), bye(6));
    assertThat(module.answersToTheEnd())
        .containsExactly(
            "HELLO_ACK 1 ACCEPTED",
            "ACK 2 new",
            "ACK 3 new",
            "REJECT 4 BAD_CRC",
            "ACK 5 again",
            "END");
    assertThat(bean.nextEnd().reason()).isEqualTo(EndReason.BYE);
    assertThat(dispatcher.stop(STOP_MILLIS)).isTrue();
    assertThat(counted("kvant.frames", "type", "readings")).isEqualTo(2);
    assertThat(counted("kvant.frames", "type", "damaged")).isEqualTo(1);
    assertThat(counted("kvant.hello.answers", "result", "accepted")).isEqualTo(1);
    assertThat(counted("kvant.rejects", "code", "1")).isEqualTo(1);
    assertThat(counted("kvant.sessions.ended", "reason", "bye")).isEqualTo(1);
    assertThat(counted("kvant.records", "outcome", "stored")).isEqualTo(2);
    assertThat(counted("kvant.records", "outcome", "stored_before")).isEqualTo(1);
    assertThat(registry.get("kvant.ack").timer().count()).isEqualTo(3);
    assertThat(registry.get("kvant.admission").timer().count()).isEqualTo(1);
    // The start of the session, three frames with four records in them, the end.
    assertThat(registry.get("kvant.batch.records").summary().totalAmount()).isEqualTo(6);
    long batches = registry.get("kvant.batch").tag("outcome", "stored").timer().count();
    assertThat(registry.get("kvant.commit").timer().count()).isEqualTo(batches).isPositive();
    assertThat(registry.get("kvant.batch").tag("outcome", "failed").timer().count()).isZero();
    assertThat(
            registry.get("kvant.lane.busy.seconds").counters().stream()
                .mapToDouble(Counter::count)
                .sum())
        .isPositive();
  }

  private double counted(String name, String label, String value) {
    return registry.get(name).tag(label, value).counter().count();
  }

  @Test
  void packetsOfADeviceReachTheBeanInOrder() throws Exception {
    open();
    for (int i = 0; i < 50; i++) {
      opened(SERIAL + i);
    }
    for (int n = 0; n < 20; n++) {
      for (TestModule module : modules) {
        module.send(readings(2 + n, n));
      }
    }
    for (TestModule module : modules) {
      for (int n = 0; n < 20; n++) {
        assertThat(module.answer()).isEqualTo("ACK " + (2 + n) + " new");
      }
    }
    Map<Long, Long> last = new HashMap<>();
    for (int seen = 0; seen < 1000; ) {
      for (Delivery delivery : bean.nextBatch()) {
        long serial = delivery.session().request().hello().serial();
        long number = ((Delivery.OfReadings) delivery).packet().records().get(0).recordNumber();
        assertThat(number).isEqualTo(last.getOrDefault(serial, -1L) + 1);
        last.put(serial, number);
        seen++;
      }
    }
  }

  @Test
  void byteByByteIsTheSame() throws Exception {
    open();
    TestModule module = module();
    for (byte one : together(hello(1, SERIAL), info(2), readings(3, 1), bye(4))) {
      module.send(new byte[] {one});
    }
    assertThat(module.answersToTheEnd())
        .containsExactly("HELLO_ACK 1 ACCEPTED", "ACK 2 new", "ACK 3 new", "END");
  }

  @Test
  void aRejectArrivesEvenWhenMoreBytesFollowIt() throws Exception {
    open();
    TestModule module = module();
    byte[] header = HexFormat.of().parseHex("4b560500010100ffff");
    module.send(Arrays.copyOf(header, 70_000));
    assertThat(module.answersToTheEnd()).containsExactly("REJECT 1 TOO_LONG", "END");
  }

  @Test
  void foreignBytesGetNothing() throws Exception {
    open();
    TestModule module = module();
    module.send("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(module.answersToTheEnd()).containsExactly("END");
  }

  @Test
  void aNewSessionTakesOver() throws Exception {
    open();
    TestModule old = opened(SERIAL);
    TestModule other = opened(SERIAL + 1);
    TestModule young = opened(SERIAL);
    assertThat(old.answersToTheEnd()).containsExactly("END");
    Delivery.OfEnd end = bean.nextEnd();
    assertThat(end.reason()).isEqualTo(EndReason.TAKEN_OVER);
    assertThat(end.session().request().remote()).matches("127\\.0\\.0\\.1:\\d+");
    assertThat(end.session().admission().sessionId()).isEqualTo(1);
    young.send(ping(2));
    other.send(ping(2));
    assertThat(young.answer()).isEqualTo("ACK 2 new");
    assertThat(other.answer()).isEqualTo("ACK 2 new");
  }

  @Test
  void aSessionThatAnotherNodeTookOverIsClosed() throws Exception {
    open();
    TestModule old = opened(SERIAL);
    TestModule other = opened(SERIAL + 1);
    acceptor.takenOver(List.of(1L, 99L));
    assertThat(old.answersToTheEnd()).containsExactly("END");
    assertThat(bean.nextEnd().reason()).isEqualTo(EndReason.TAKEN_OVER);
    other.send(ping(2));
    assertThat(other.answer()).isEqualTo("ACK 2 new");
  }

  @Test
  void whenTheAcksWentOutIsNoted() throws Exception {
    open();
    TestModule module = opened(SERIAL);
    module.send(readings(40_000, 1));
    assertThat(module.answer()).isEqualTo("ACK 40000 new");
    AckReceipt receipt = bean.nextReceipt();
    assertThat(receipt.node()).isEqualTo("node");
    int place = IntStream.of(receipt.seqs()).boxed().toList().indexOf(40_000);
    assertThat(receipt.sessions()[place]).isEqualTo(1);
    assertThat(receipt.afterMillis()[place]).isNotNegative();
  }

  @Test
  void anAckThatFoundNobodyIsNotedAsNotSent() throws Exception {
    open();
    CountDownLatch gate = new CountDownLatch(1);
    bean.holdDeliveries(gate);
    TestModule module = opened(SERIAL);
    module.send(readings(2, 1));
    bean.nextBatch();
    opened(SERIAL);
    assertThat(module.answersToTheEnd()).containsExactly("END");
    gate.countDown();
    AckReceipt receipt = bean.nextReceipt();
    int place = IntStream.of(receipt.seqs()).boxed().toList().indexOf(2);
    assertThat(receipt.afterMillis()[place]).isEqualTo(-1);
  }

  @Test
  void anAddressHasItsShare() throws Exception {
    maxPerAddress = 2;
    open();
    opened(SERIAL);
    TestModule second = opened(SERIAL + 1);
    TestModule third = module();
    assertThat(third.answersToTheEnd()).containsExactly("END");
    second.send(bye(2));
    assertThat(second.answersToTheEnd()).containsExactly("END");
    awaitSessions(1);
    opened(SERIAL + 2);
  }

  private void awaitSessions(int count) throws InterruptedException {
    while (acceptor.sessions() != count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void storageThatHangsIsSaidInTime() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    bean.holdDeliveries(gate);
    open(50_000, new TimeLimits(LONG, LONG, LONG, LONG, SHORT));
    TestModule module = opened(SERIAL);
    module.send(readings(2, 1));
    assertThat(module.answersToTheEnd()).containsExactly("REJECT 2 STORAGE_UNAVAILABLE", "END");
    gate.countDown();
  }

  @Test
  void withoutACommitThereIsNoAck() throws Exception {
    open();
    TestModule module = opened(SERIAL);
    endpoints.fate(FakeEndpoints.Fate.COMMIT_FAILS_SILENTLY);
    module.send(readings(2, 1));
    assertThat(module.answersToTheEnd()).containsExactly("REJECT 2 STORAGE_UNAVAILABLE", "END");
    TestModule next = module();
    next.send(hello(1, SERIAL));
    assertThat(next.answersToTheEnd()).containsExactly("HELLO_ACK 1 BUSY", "END");
    endpoints.fate(FakeEndpoints.Fate.COMMITTED);
    opened(SERIAL);
  }

  @Test
  void answersThatCannotBeMatchedAreNotGiven() throws Exception {
    open();
    TestModule module = opened(SERIAL);
    bean.answersTooFew(1);
    module.send(readings(2, 1));
    assertThat(module.answersToTheEnd()).containsExactly("REJECT 2 STORAGE_UNAVAILABLE", "END");
    bean.answersTooFew(0);
  }

  @Test
  void moreSessionsThanThereIsRoomForComeBackLater() throws Exception {
    open(1, TimeLimits.PROTOCOL);
    opened(SERIAL);
    TestModule second = module();
    second.send(hello(1, SERIAL + 1));
    assertThat(second.answer()).isEqualTo("HELLO_ACK 1 BUSY");
    // The second one is still being closed: two of one are there.
    assertThat(module().answer()).isEqualTo("END");
  }

  @Test
  void helloMustComeInTime() throws Exception {
    open(10, new TimeLimits(SHORT, LONG, LONG, LONG, LONG));
    TestModule module = module();
    module.send(Arrays.copyOf(hello(1, SERIAL), 20));
    assertThat(module.answersToTheEnd()).containsExactly("END");
  }

  @Test
  void silenceClosesAModuleBeforeABaseStation() throws Exception {
    open(10, new TimeLimits(LONG, SHORT, LONG, LONG, LONG));
    TestModule station = module();
    station.send(frame(1, helloPacket(DeviceKind.BASE_STATION, 99)));
    assertThat(station.answer()).isEqualTo("HELLO_ACK 1 ACCEPTED");
    TestModule module = opened(SERIAL);
    assertThat(module.answersToTheEnd()).containsExactly("END");
    assertThat(bean.nextEnd().reason()).isEqualTo(EndReason.IDLE);
    station.send(ping(2));
    assertThat(station.answer()).isEqualTo("ACK 2 new");
  }

  @Test
  void aFrameThatStallsClosesTheSession() throws Exception {
    open(10, new TimeLimits(LONG, LONG, LONG, SHORT, LONG));
    TestModule module = opened(SERIAL);
    module.send(Arrays.copyOf(readings(2, 1), 30));
    assertThat(module.answersToTheEnd()).containsExactly("END");
    assertThat(bean.nextEnd().reason()).isEqualTo(EndReason.STALLED);
  }

  @Test
  void whoNeverReadsItsAnswersIsNotServedForEver() throws Exception {
    open(10, new TimeLimits(LONG, SHORT, LONG, LONG, LONG));
    // The PING of an unknown module is answered without storage: as fast as bytes can be.
    bean.result(HelloAck.Result.NOT_REGISTERED);
    TestModule module = module();
    module.send(hello(1, SERIAL));
    assertThat(module.answer()).isEqualTo("HELLO_ACK 1 NOT_REGISTERED");
    byte[][] many = new byte[5000][];
    Arrays.fill(many, ping(2));
    byte[] pings = together(many);
    assertThatThrownBy(
            () -> {
              while (true) {
                module.send(pings);
              }
            })
        .isInstanceOf(IOException.class);
    assertThat(bean.nextEnd().reason()).isEqualTo(EndReason.IDLE);
  }

  @Test
  void theStopLetsBatchesCommitAndAcksOut() throws Exception {
    open();
    CountDownLatch gate = new CountDownLatch(1);
    bean.holdDeliveries(gate);
    TestModule busy = opened(SERIAL);
    TestModule idle = opened(SERIAL + 1);
    busy.send(readings(2, 1));
    assertThat(bean.nextBatch()).hasSize(1);
    CompletableFuture<Integer> cut =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return acceptor.close(STOP_MILLIS);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(idle.answersToTheEnd()).containsExactly("END");
    assertThatThrownBy(this::module).isInstanceOf(IOException.class);
    gate.countDown();
    assertThat(busy.answersToTheEnd()).containsExactly("ACK 2 new", "END");
    idle.close();
    busy.close();
    assertThat(cut.get()).isZero();
    assertThat(bean.nextEnd().reason()).isEqualTo(EndReason.SERVER_STOPPED);
    assertThat(bean.nextEnd().reason()).isEqualTo(EndReason.SERVER_STOPPED);
  }

  @Test
  void aPortInUseLeavesNothingOpen() throws Exception {
    open();
    Acceptor second =
        new Acceptor(
            new Acceptor.Settings(
                "127.0.0.1", acceptor.port(), null, "node", 1, 10, TimeLimits.PROTOCOL),
            dispatcher,
            Clock.systemUTC(),
            meters);
    assertThatThrownBy(second::open).isInstanceOf(IOException.class);
  }
}
