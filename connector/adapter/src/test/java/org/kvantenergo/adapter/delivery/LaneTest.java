package org.kvantenergo.adapter.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.UnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kvantenergo.adapter.FakeServer;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LaneTest {

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long QUIET = 100 * MILLI;
  private static final long TALKER = 1_000_001;
  private static final long ARCHIVE = 1_000_002;

  private final FakeServer server = new FakeServer();
  private final BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
  private final BlockingQueue<CountDownLatch> gates = new LinkedBlockingQueue<>();
  private final AtomicLong now = new AtomicLong();
  private final Traffic traffic = new Traffic(now::get);
  private final Pace pace = new Pace(17, 0x9E3779B97F4A7C15L);
  private Workers workers;
  private long devices;

  @BeforeEach
  void take() throws UnavailableException {
    workers = new Workers(server);
  }

  @AfterEach
  void giveBack() {
    workers.close();
    server.close();
  }

  /** A batch is carried when the next gate opens, if there is one. */
  private Lane<String> lane(int batch, long waitNanos, int full) {
    return lane(batch, waitNanos, full, this::gated);
  }

  private Lane<String> lane(int batch, long waitNanos, int full, Consumer<List<String>> carrier) {
    return new Lane<>(new Lane.Limits(batch, waitNanos, full), traffic, pace, carrier, workers);
  }

  private void gated(List<String> batch) {
    batches.add(batch);
    CountDownLatch gate = gates.poll();
    try {
      if (gate != null) {
        gate.await();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private CountDownLatch gate() {
    CountDownLatch gate = new CountDownLatch(1);
    gates.add(gate);
    return gate;
  }

  /** An item of a device that sent nothing before. */
  private void add(Lane<String> lane, String item, int weight) {
    lane.add(item, ++devices, weight);
  }

  /** A lane whose first batch, "first", waits for a gate. */
  private CountDownLatch begin(Lane<String> lane) throws InterruptedException {
    CountDownLatch gate = gate();
    add(lane, "first", 1);
    assertThat(batches.take()).containsExactly("first");
    return gate;
  }

  /** From here on every frame of this device comes early. */
  private void spend(long device) {
    for (int i = 0; i < Pace.BURST; i++) {
      assertThat(pace.wanted(device, now.get(), 1)).isEqualTo(now.get());
    }
  }

  private static List<String> numbered(String name, int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> name + i).toList();
  }

  @Test
  void aLoneItemDoesNotWaitForCompany() throws InterruptedException {
    Lane<String> lane = lane(100, HOUR, 1000);
    add(lane, "a", 7);
    assertThat(batches.take()).containsExactly("a");
    add(lane, "b", 8);
    assertThat(batches.take()).containsExactly("b");
  }

  @Test
  void whatComesDuringABatchGathersInOrder() throws InterruptedException {
    Lane<String> lane = lane(100, 0, 1000);
    CountDownLatch first = begin(lane);
    add(lane, "c", 1);
    add(lane, "a", 1);
    now.addAndGet(1);
    add(lane, "b", 1);
    first.countDown();
    assertThat(batches.take()).containsExactly("c", "a", "b");
  }

  @Test
  void aBatchIsNotHeavierThanItsLimitUnlessOneItemIs() throws InterruptedException {
    Lane<String> lane = lane(10, 0, 1000);
    CountDownLatch first = begin(lane);
    List.of(6, 4, 3, 8, 25, 2).forEach(weight -> add(lane, "of " + weight, weight));
    first.countDown();
    assertThat(batches.take()).containsExactly("of 6", "of 4");
    assertThat(batches.take()).containsExactly("of 3");
    assertThat(batches.take()).containsExactly("of 8");
    assertThat(batches.take()).containsExactly("of 25");
    assertThat(batches.take()).containsExactly("of 2");
  }

  @Test
  void oneBatchAtATimeOnOneWork() throws InterruptedException {
    Lane<String> lane = lane(1, 0, 1000);
    numbered("", 1, 100).forEach(item -> add(lane, item, 1));
    for (int i = 1; i <= 100; i++) {
      assertThat(batches.take()).containsExactly("" + i);
    }
    assertThat(server.works()).isEqualTo(1);
  }

  @Test
  void underLoadItWaitsForAsMuchAsTheLastBatchHad() throws InterruptedException {
    Lane<String> lane = lane(100, HOUR, 1000);
    CountDownLatch first = begin(lane);
    CountDownLatch second = gate();
    add(lane, "a", 2);
    add(lane, "b", 3);
    first.countDown();
    assertThat(batches.take()).containsExactly("a", "b");
    add(lane, "c", 1);
    second.countDown();
    add(lane, "d", 4);
    assertThat(batches.take()).containsExactly("c", "d");
  }

  @Test
  void whoSendsMuchIsNoCompanyBesideOthers() throws InterruptedException {
    Lane<String> lane = lane(1000, HOUR, 10_000);
    spend(TALKER);
    CountDownLatch first = begin(lane);
    CountDownLatch second = gate();
    add(lane, "a", 1);
    add(lane, "b", 1);
    numbered("t", 1, 70).forEach(item -> lane.add(item, TALKER, 1));
    first.countDown();
    List<String> two = new ArrayList<>(List.of("a", "b"));
    two.addAll(numbered("t", 1, 64));
    assertThat(batches.take()).containsExactlyElementsOf(two);
    add(lane, "c", 1);
    second.countDown();
    // It waits for as many others as the last batch had: two.
    add(lane, "d", 1);
    List<String> three = new ArrayList<>(List.of("c", "d"));
    three.addAll(numbered("t", 65, 70));
    assertThat(batches.take()).containsExactlyElementsOf(three);
  }

  @Test
  void aloneWhoSendsMuchGetsWholeBatchesAndIsItsOwnCompany() throws InterruptedException {
    Lane<String> lane = lane(200, HOUR, 10_000);
    spend(TALKER);
    CountDownLatch first = begin(lane);
    CountDownLatch second = gate();
    now.addAndGet(QUIET);
    spend(TALKER + 1);
    numbered("t", 1, 300).forEach(item -> lane.add(item, TALKER + 1, 1));
    first.countDown();
    assertThat(batches.take()).containsExactlyElementsOf(numbered("t", 1, 200));
    second.countDown();
    numbered("t", 301, 400).forEach(item -> lane.add(item, TALKER + 1, 1));
    assertThat(batches.take()).containsExactlyElementsOf(numbered("t", 201, 400));
  }

  @Test
  void besideOthersOnesWhoSendMuchTakeTurnsAndRest() throws InterruptedException {
    Lane<String> lane =
        lane(
            500,
            0,
            10_000,
            batch -> {
              gated(batch);
              now.addAndGet(2 * MILLI);
            });
    spend(TALKER);
    CountDownLatch first = begin(lane);
    numbered("t", 1, 200).forEach(item -> lane.add(item, TALKER, 1));
    first.countDown();
    // At 2 ms, nobody had a turn yet; it ends at 4 ms, so the next one begins at 10 ms.
    assertThat(batches.take()).containsExactlyElementsOf(numbered("t", 1, 64));
    assertThat(batches.poll(100, TimeUnit.MILLISECONDS)).isNull();
    now.set(10 * MILLI);
    assertThat(batches.take()).containsExactlyElementsOf(numbered("t", 65, 128));
    now.set(QUIET);
    assertThat(batches.take()).containsExactlyElementsOf(numbered("t", 129, 200));
  }

  /** Both may have 32 frames' worth at once; from there on they get as much time as each other. */
  @Test
  void fullFramesCountAsMuchAsTheyCost() throws InterruptedException {
    Lane<String> lane = lane(100_000, 0, 1_000_000);
    CountDownLatch first = begin(lane);
    numbered("archive ", 1, 12).forEach(item -> lane.add(item, ARCHIVE, 64));
    numbered("talker ", 1, 50).forEach(item -> lane.add(item, TALKER, 1));
    add(lane, "report", 1);
    now.addAndGet(QUIET);
    first.countDown();
    List<String> expected = new ArrayList<>(numbered("archive ", 1, 8));
    expected.addAll(numbered("talker ", 1, 32));
    expected.add("report");
    for (int i = 0; i < 4; i++) {
      expected.addAll(numbered("talker ", 33 + 4 * i, 35 + 4 * i));
      expected.add("archive " + (9 + i));
      expected.add("talker " + (36 + 4 * i));
    }
    expected.addAll(numbered("talker ", 49, 50));
    assertThat(batches.take()).containsExactlyElementsOf(expected);
  }

  @Test
  void aStationsBlocksDoNotWaitForAFlood() throws InterruptedException {
    Lane<String> lane = lane(100, 0, 1_000_000);
    spend(ARCHIVE);
    CountDownLatch first = begin(lane);
    numbered("flood", 1, 1000).forEach(item -> lane.add(item, ARCHIVE, 64));
    numbered("block", 1, 250).forEach(item -> add(lane, item, 1));
    first.countDown();
    assertThat(batches.take()).containsExactlyElementsOf(numbered("block", 1, 100));
    assertThat(batches.take()).containsExactlyElementsOf(numbered("block", 101, 200));
    List<String> last = new ArrayList<>(numbered("block", 201, 250));
    assertThat(batches.take()).containsExactlyElementsOf(last);
    assertThat(batches.take()).containsExactly("flood1");
  }

  @Test
  void theOrderOfADeviceStays() throws InterruptedException {
    Lane<String> lane = lane(10_000, 0, 1_000_000);
    CountDownLatch first = begin(lane);
    lane.addFree("start", TALKER, 0);
    numbered("", 1, 100).forEach(item -> lane.add(item, TALKER, 1));
    lane.addFree("command", TALKER, 0);
    lane.add("result", TALKER, 1);
    lane.addFree("end", TALKER, QUIET);
    add(lane, "other", 1);
    now.addAndGet(QUIET);
    first.countDown();
    List<String> batch = batches.take();
    assertThat(batch.indexOf("other")).isEqualTo(33);
    List<String> expected = new ArrayList<>(List.of("start"));
    expected.addAll(numbered("", 1, 100));
    expected.addAll(List.of("command", "result", "end"));
    assertThat(batch.stream().filter(item -> !item.equals("other")))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void pausesItsFeedersFromFullToHalf() throws InterruptedException {
    Lane<String> lane = lane(4, 0, 10);
    CountDownLatch first = begin(lane);
    CountDownLatch second = gate();
    CountDownLatch resumed = new CountDownLatch(1);
    List.of(4, 4, 1).forEach(weight -> add(lane, "of " + weight, weight));
    assertThat(lane.full(99)).isFalse();
    add(lane, "of 3", 3);
    assertThat(lane.full(99)).isTrue();
    assertThat(lane.full(TALKER)).isTrue();
    spend(TALKER);
    pace.wanted(TALKER, now.get(), 1);
    assertThat(lane.full(TALKER)).as("who sends much has its own room").isFalse();
    lane.whenRoom(99, resumed::countDown);
    first.countDown();
    assertThat(batches.take()).containsExactly("of 4");
    assertThat(resumed.getCount()).as("8 left of 10").isEqualTo(1);
    assertThat(lane.full(99)).as("nobody passes who waits").isTrue();
    second.countDown();
    resumed.await();
    assertThat(lane.full(99)).isFalse();
  }

  @Test
  void withRoomNobodyIsLeftWaiting() {
    CountDownLatch resumed = new CountDownLatch(1);
    lane(4, 0, 10).whenRoom(99, resumed::countDown);
    assertThat(resumed.getCount()).isZero();
  }

  /** As a session does that has answers out: with each it goes on, if there is room. */
  @Test
  void whoWaitsForRoomIsServedWhileOthersTakeIt() throws InterruptedException {
    CountDownLatch resumed = new CountDownLatch(1);
    List<Lane<String>> self = new ArrayList<>();
    int[] counts = {0, 0};
    Lane<String> lane =
        lane(
            4,
            0,
            20,
            batch -> {
              if (counts[0]++ == 0) {
                gated(batch);
              }
              for (String item : batch) {
                if (counts[0] < 500 && resumed.getCount() > 0 && !self.get(0).full(99)) {
                  counts[1]++;
                  add(self.get(0), item, 1);
                }
              }
            });
    self.add(lane);
    CountDownLatch first = begin(lane);
    numbered("flood", 1, 20).forEach(item -> add(lane, item, 1));
    assertThat(lane.full(99)).isTrue();
    lane.whenRoom(99, resumed::countDown);
    first.countDown();
    assertThat(lane.awaitIdle(HOUR)).isTrue();
    assertThat(resumed.getCount()).isZero();
    assertThat(counts[1]).isZero();
  }

  @Test
  void theStopWaitsForWhatIsQueued() throws InterruptedException {
    Lane<String> lane = lane(1, 0, 1000);
    CountDownLatch first = begin(lane);
    add(lane, "a", 1);
    lane.addFree("end", TALKER, HOUR);
    assertThat(lane.awaitIdle(1)).isFalse();
    first.countDown();
    assertThat(lane.awaitIdle(HOUR)).isTrue();
    assertThat(batches).containsExactly(List.of("a"), List.of("end"));
  }

  @Test
  void whateverACarrierThrowsDoesNotEndTheLane() throws InterruptedException {
    BlockingQueue<String> carried = new LinkedBlockingQueue<>();
    Lane<String> lane =
        lane(
            1,
            0,
            10,
            batch -> {
              carried.addAll(batch);
              if (batch.contains("13")) {
                throw new IllegalStateException("carrier fault");
              } else if (batch.contains("14")) {
                throw new LinkageError("carrier fault");
              }
            });
    numbered("", 13, 15).forEach(item -> add(lane, item, 1));
    assertThat(lane.awaitIdle(HOUR)).isTrue();
    assertThat(carried).containsExactly("13", "14", "15");
  }

  @Test
  void aLaneThatDoesNotMoveSaysForHowLong() throws InterruptedException {
    Lane<String> lane = lane(10, 0, 100);
    assertThat(lane.unmovedNanos()).isZero();
    CountDownLatch first = begin(lane);
    add(lane, "a", 4);
    lane.addFree("end", TALKER, HOUR);
    assertThat(lane.queued()).isEqualTo(5);
    now.addAndGet(77);
    assertThat(lane.unmovedNanos()).isEqualTo(77);
    first.countDown();
    assertThat(lane.awaitIdle(HOUR)).isTrue();
    assertThat(lane.queued()).isZero();
    assertThat(lane.unmovedNanos()).isZero();
  }

  @Test
  void aRefusedWorkIsOfferedAgain() throws InterruptedException {
    server.refuse(3);
    add(lane(10, 0, 100), "a", 5);
    assertThat(batches.take()).containsExactly("a");
    assertThat(server.works()).isEqualTo(1);
  }

  @Test
  void aThreadThatCannotBeMadeIsAskedForAgain() throws InterruptedException {
    server.breakNext(3, new OutOfMemoryError("unable to create native thread"));
    add(lane(10, 0, 100), "a", 5);
    assertThat(batches.take()).containsExactly("a");
    assertThat(server.works()).isEqualTo(1);
  }

  @Test
  void aLaneThatCouldNotEvenAskAgainIsStartedByTheNextItem() throws Exception {
    server.endTimers();
    server.breakNext(1, new OutOfMemoryError("unable to create native thread"));
    Lane<String> lane = lane(10, 0, 100);
    assertThatThrownBy(() -> add(lane, "a", 1)).isInstanceOf(IllegalStateException.class);
    add(lane, "b", 1);
    assertThat(batches.take()).containsExactly("a", "b");
  }

  @Test
  void aLaneThatRestedStillHoldsBackWhoSendsMuch() throws InterruptedException {
    Lane<String> lane = lane(1000, HOUR, 10_000);
    add(lane, "a", 1);
    assertThat(batches.take()).containsExactly("a");
    server.awaitEnd();
    spend(TALKER);
    CountDownLatch first = begin(lane);
    numbered("t", 1, 100).forEach(item -> lane.add(item, TALKER, 8));
    add(lane, "b", 2);
    first.countDown();
    List<String> expected = new ArrayList<>(List.of("b"));
    expected.addAll(numbered("t", 1, 8));
    assertThat(batches.take()).containsExactlyElementsOf(expected);
  }

  /** Ten thousand sessions that end together: a report among them waits for a few of them. */
  @Test
  void whatNobodyWaitsForHardlySlowsAReport() throws InterruptedException {
    Lane<String> lane = lane(500, 0, 100_000);
    CountDownLatch first = begin(lane);
    for (int i = 1; i <= 5000; i++) {
      lane.addFree("end", i, QUIET);
    }
    add(lane, "report", 1);
    first.countDown();
    List<String> expected = new ArrayList<>(List.of("report"));
    expected.addAll(Collections.nCopies(Lane.SHARE, "end"));
    assertThat(batches.take()).containsExactlyElementsOf(expected);
    now.addAndGet(QUIET);
  }

  /** As many reports come as go, a millisecond a batch: the end has its turn after 100 ms. */
  @Test
  void whatNobodyWaitsForIsCarriedUnderLoadToo() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    List<List<String>> carried = Collections.synchronizedList(new ArrayList<>());
    List<Lane<String>> self = new ArrayList<>();
    Lane<String> lane =
        lane(
            4,
            0,
            1000,
            batch -> {
              if (batch.contains("first")) {
                gated(batch);
                return;
              }
              if (over.getCount() > 0) {
                now.addAndGet(MILLI);
                carried.add(batch);
                batch.forEach(item -> add(self.get(0), item, 1));
              }
              if (batch.contains("end")) {
                over.countDown();
              }
            });
    self.add(lane);
    CountDownLatch first = begin(lane);
    lane.addFree("end", TALKER, QUIET);
    numbered("report", 1, 8).forEach(item -> add(lane, item, 1));
    first.countDown();
    over.await();
    // Before it go the four that came at 99 ms; those of 100 ms were entered later.
    assertThat(carried).hasSize(102);
  }
}
