package org.kvantenergo.adapter.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Metrics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kvantenergo.adapter.FakeBean;
import org.kvantenergo.adapter.FakeEndpoints;
import org.kvantenergo.adapter.FakeServer;
import org.kvantenergo.adapter.Said;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Reading;

/** A rehearsal through the real adapter, into a bean that only counts. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RehearsalTest {

  private static final Logger LOGGER = Logger.getLogger("org.kvantenergo.adapter");
  private static final int LONG_SECONDS = 3600;

  private final FakeServer server = new FakeServer();
  private final FakeBean bean = new FakeBean();
  private final FakeEndpoints endpoints = new FakeEndpoints(server.transactions(), bean);
  private final Modules modules = new Modules();
  private final Said said = new Said();

  @BeforeEach
  void listen() {
    LOGGER.addHandler(said);
  }

  @AfterEach
  void close() {
    LOGGER.removeHandler(said);
    server.close();
  }

  private Rehearsal rehearsal(int seconds) throws Exception {
    return rehearsal(seconds, () -> new Rest(RehearsalTest::always, System::nanoTime));
  }

  private Rehearsal rehearsal(int seconds, Supplier<Rest> resting) throws Exception {
    Rehearsal rehearsal = new Rehearsal(server, endpoints, seconds, modules, resting);
    rehearsal.start();
    return rehearsal;
  }

  /** A JIT that never rests, whatever the machine. */
  private static long always() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  @Test
  void itEndsWhenTheCodeHasSettled() throws Exception {
    rehearsal(LONG_SECONDS, () -> new Rest(() -> 0, System::nanoTime));
    assertThat(said.next()).startsWith("KVANT-1020").endsWith("until the code has settled");
  }

  @Test
  void wholeSessionsGoTheWholeWayAndNobodyCountsThem() throws Exception {
    Rehearsal rehearsal = rehearsal(LONG_SECONDS);
    Delivery.OfEnd end = bean.nextEnd();
    assertThat(end.reason()).isEqualTo(org.kvantenergo.wire.EndReason.BYE);
    assertThat(end.frames()).as("HELLO, INFO, 20 READINGS, BYE").isEqualTo(23);
    assertThat(bean.nextReceipt().node()).isEqualTo("rehearsal");
    rehearsal.stop();
    rehearsal.stop();
    assertThat(said.next())
        .startsWith("KVANT-1020")
        .doesNotContain(" 0 records")
        .endsWith("until the server stops");
    assertThat(bean.rehearsals()).containsExactly("prepared for 128", "finished");
    assertThat(Metrics.globalRegistry.getMeters()).isEmpty();
    assertThat(endpoints.calls().stream().filter("create"::equals))
        .hasSameSizeAs(endpoints.calls().stream().filter("release"::equals).toList());
  }

  @Test
  void eachModuleHasRecordsOfItsOwn() throws Exception {
    Rehearsal rehearsal = rehearsal(LONG_SECONDS);
    Map<Reading, Long> senders = new HashMap<>();
    Set<Long> numbers = new HashSet<>();
    boolean sameNumber = false;
    while (!sameNumber) {
      for (Delivery delivery : bean.nextBatch()) {
        if (delivery instanceof Delivery.OfReadings of) {
          long serial = of.session().request().hello().serial();
          for (Reading record : of.packet().records()) {
            assertThat(senders.put(record, serial)).isNull();
            sameNumber |= !numbers.add(record.recordNumber());
          }
        }
      }
    }
    rehearsal.stop();
  }

  @Test
  void itEndsWhenItsTimeIsUp() throws Exception {
    rehearsal(1);
    assertThat(said.next()).startsWith("KVANT-1020").endsWith("until its time is up");
  }

  @Test
  void itMakesWayForRealModules() throws Exception {
    Rehearsal rehearsal = rehearsal(LONG_SECONDS);
    bean.nextBatch();
    modules.frames = 1_000_000;
    assertThat(said.next()).startsWith("KVANT-1020").endsWith("until modules report themselves");
    rehearsal.stop();
    assertThat(bean.rehearsals()).containsExactly("prepared for 128", "finished");
  }

  @Test
  void itGivesUpWhenItIsRefused() throws Exception {
    bean.result(HelloAck.Result.BUSY);
    rehearsal(LONG_SECONDS);
    assertThat(said.next()).startsWith("KVANT-1020").endsWith("until it was refused");
  }

  @Test
  void whatCannotBePreparedIsSaidOnce() throws Exception {
    endpoints.fate(FakeEndpoints.Fate.RUNTIME_EXCEPTION);
    rehearsal(LONG_SECONDS);
    assertThat(said.next()).startsWith("KVANT-1021").endsWith("bean failed");
  }

  @Test
  void beforeModulesAreTakenNothingIsTouched() throws Exception {
    modules.open = false;
    Rehearsal rehearsal = rehearsal(LONG_SECONDS);
    // Two looks, since the first may have come before the second was set.
    server.awaitEnd();
    server.awaitEnd();
    rehearsal.stop();
    assertThat(endpoints.calls()).isEmpty();
    assertThat(said.isEmpty()).isTrue();
  }

  private static final class Modules implements Rehearsal.Real {
    private volatile boolean open = true;
    private volatile long frames;

    @Override
    public boolean open() {
      return open;
    }

    @Override
    public long frames() {
      return frames;
    }
  }
}
