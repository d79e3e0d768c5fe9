package org.kvantenergo.adapter.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.spi.UnavailableException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kvantenergo.adapter.FakeServer;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LaneTest {

  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final FakeServer server = new FakeServer();
  private final BlockingQueue<List<Integer>> batches = new LinkedBlockingQueue<>();
  private final BlockingQueue<CountDownLatch> gates = new LinkedBlockingQueue<>();
  private final Traffic traffic = new Traffic();
  private Workers workers;

  @BeforeEach
  void take() throws UnavailableException {
    workers = new Workers(server);
  }

  @AfterEach
  void giveBack() {
    workers.close();
    server.close();
  }

  /** Items weigh what they are; a batch is carried when the next gate opens, if there is one. */
  private Lane<Integer> lane(int batch, long waitNanos, int full) {
    return new Lane<>(
        new Lane.Limits(batch, waitNanos, full),
        traffic,
        item -> item,
        carried -> {
          batches.add(carried);
          CountDownLatch gate = gates.poll();
          if (gate != null) {
            pass(gate);
          }
        },
        workers);
  }

  private static void pass(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private CountDownLatch gate() {
    CountDownLatch gate = new CountDownLatch(1);
    gates.add(gate);
    return gate;
  }

  @Test
  void aLoneItemDoesNotWaitForCompany() throws InterruptedException {
    Lane<Integer> lane = lane(100, HOUR, 1000);
    lane.add(7);
    assertThat(batches.take()).containsExactly(7);
    lane.add(8);
    assertThat(batches.take()).containsExactly(8);
  }

  @Test
  void whatComesDuringABatchGathersInOrder() throws InterruptedException {
    Lane<Integer> lane = lane(100, 0, 1000);
    CountDownLatch first = gate();
    lane.add(1);
    assertThat(batches.take()).containsExactly(1);
    lane.add(4);
    lane.add(2);
    lane.add(3);
    first.countDown();
    assertThat(batches.take()).containsExactly(4, 2, 3);
  }

  @Test
  void aBatchIsNotHeavierThanItsLimitUnlessOneItemIs() throws InterruptedException {
    Lane<Integer> lane = lane(10, 0, 1000);
    CountDownLatch first = gate();
    lane.add(1);
    assertThat(batches.take()).containsExactly(1);
    List.of(6, 4, 3, 8, 25, 2).forEach(lane::add);
    first.countDown();
    assertThat(batches.take()).containsExactly(6, 4);
    assertThat(batches.take()).containsExactly(3);
    assertThat(batches.take()).containsExactly(8);
    assertThat(batches.take()).containsExactly(25);
    assertThat(batches.take()).containsExactly(2);
  }

  @Test
  void oneBatchAtATimeOnOneWork() throws InterruptedException {
    Lane<Integer> lane = lane(1, 0, 1000);
    IntStream.range(0, 100).forEach(i -> lane.add(1));
    for (int i = 0; i < 100; i++) {
      assertThat(batches.take()).containsExactly(1);
    }
    assertThat(server.works()).isEqualTo(1);
  }

  @Test
  void underLoadItWaitsForAsMuchAsTheLastBatchHad() throws InterruptedException {
    Lane<Integer> lane = lane(100, HOUR, 1000);
    CountDownLatch first = gate();
    CountDownLatch second = gate();
    lane.add(1);
    assertThat(batches.take()).containsExactly(1);
    lane.add(2);
    lane.add(3);
    first.countDown();
    assertThat(batches.take()).containsExactly(2, 3);
    lane.add(1);
    second.countDown();
    lane.add(4);
    assertThat(batches.take()).containsExactly(1, 4);
  }

  @Test
  void pausesItsFeedersFromFullToHalf() throws InterruptedException {
    Lane<Integer> lane = lane(4, 0, 10);
    CountDownLatch first = gate();
    CountDownLatch second = gate();
    CountDownLatch resumed = new CountDownLatch(1);
    lane.add(1);
    assertThat(batches.take()).containsExactly(1);
    List.of(4, 4, 1).forEach(lane::add);
    assertThat(lane.full(false)).isFalse();
    lane.add(3);
    assertThat(lane.full(false)).isTrue();
    lane.whenRoom(false, resumed::countDown);
    first.countDown();
    assertThat(batches.take()).containsExactly(4);
    assertThat(lane.full(false)).isFalse();
    assertThat(resumed.getCount()).as("8 left of 10").isEqualTo(1);
    second.countDown();
    resumed.await();
  }

  @Test
  void withRoomNobodyIsLeftWaiting() throws InterruptedException {
    CountDownLatch resumed = new CountDownLatch(1);
    lane(4, 0, 10).whenRoom(false, resumed::countDown);
    assertThat(resumed.getCount()).isZero();
  }

  @Test
  void theStopWaitsForWhatIsQueued() throws InterruptedException {
    Lane<Integer> lane = lane(1, 0, 1000);
    CountDownLatch first = gate();
    lane.add(1);
    assertThat(batches.take()).containsExactly(1);
    lane.add(1);
    assertThat(lane.awaitIdle(1)).isFalse();
    first.countDown();
    assertThat(lane.awaitIdle(HOUR)).isTrue();
    assertThat(batches).containsExactly(List.of(1));
  }

  @Test
  void aCarrierThatThrowsDoesNotEndTheLane() throws InterruptedException {
    BlockingQueue<Integer> carried = new LinkedBlockingQueue<>();
    Lane<Integer> lane =
        new Lane<>(
            new Lane.Limits(1, 0, 10),
            traffic,
            item -> 1,
            batch -> {
              carried.addAll(batch);
              if (batch.contains(13)) {
                throw new IllegalStateException("carrier fault");
              }
            },
            workers);
    lane.add(13);
    lane.add(14);
    assertThat(carried.take()).isEqualTo(13);
    assertThat(carried.take()).isEqualTo(14);
    assertThat(lane.awaitIdle(HOUR)).isTrue();
  }

  @Test
  void aLaneThatDoesNotMoveSaysForHowLong() throws InterruptedException {
    Lane<Integer> lane = lane(10, 0, 100);
    assertThat(lane.unmovedNanos()).isZero();
    CountDownLatch first = gate();
    lane.add(7);
    assertThat(batches.take()).containsExactly(7);
    lane.add(4);
    lane.addBulk(owner("a", 1), 5);
    assertThat(lane.queued()).isEqualTo(9);
    long unmoved = lane.unmovedNanos();
    assertThat(unmoved).isPositive();
    assertThat(lane.unmovedNanos()).isGreaterThan(unmoved);
    first.countDown();
    assertThat(lane.awaitIdle(HOUR)).isTrue();
    assertThat(lane.queued()).isZero();
    assertThat(lane.unmovedNanos()).isZero();
  }

  @Test
  void aRefusedWorkIsOfferedAgain() throws InterruptedException {
    server.refuse(3);
    lane(10, 0, 100).add(5);
    assertThat(batches.take()).containsExactly(5);
    assertThat(server.works()).isEqualTo(1);
  }

  @Test
  void aLaneThatRestedStillWaitsForCompanyAndHoldsBackWhoSendsMuch() throws InterruptedException {
    Lane<Integer> lane = lane(1000, HOUR, 10_000);
    lane.add(1);
    assertThat(batches.take()).containsExactly(1);
    server.awaitEnd();
    CountDownLatch first = gate();
    CountDownLatch second = gate();
    lane.add(1);
    assertThat(batches.take()).containsExactly(1);
    for (int i = 1; i <= 100; i++) {
      lane.addBulk(owner("a", i), 8);
    }
    lane.add(2);
    first.countDown();
    assertThat(batches.take()).startsWith(2).hasSizeLessThanOrEqualTo(9);
    second.countDown();
  }

  @Test
  void whatNobodyWaitsForTravelsWithTheNextBatch() throws InterruptedException {
    Lane<Integer> lane = lane(100, 0, 1000);
    CountDownLatch first = gate();
    lane.add(1);
    assertThat(batches.take()).containsExactly(1);
    lane.addPatient(3);
    lane.add(2);
    assertThat(lane.queued()).isEqualTo(3);
    first.countDown();
    assertThat(batches.take()).containsExactly(2, 3);
  }

  @Test
  void whatNobodyWaitsForIsCarriedWithoutCompanyInTheEnd() throws InterruptedException {
    Lane<Integer> lane = lane(100, HOUR, 1000);
    lane.addPatient(5);
    assertThat(batches.take()).containsExactly(5);
    lane.addPatient(6);
    assertThat(lane.awaitIdle(HOUR)).isTrue();
    assertThat(batches.take()).containsExactly(6);
  }

  @Test
  void whatNobodyWaitsForNeverOvertakes() throws InterruptedException {
    Lane<Integer> lane = lane(4, 0, 1000);
    CountDownLatch first = gate();
    lane.add(1);
    assertThat(batches.take()).containsExactly(1);
    lane.addPatient(1);
    lane.add(4);
    lane.add(3);
    first.countDown();
    assertThat(batches.take()).containsExactly(4);
    assertThat(batches.take()).containsExactly(3, 1);
  }

  private static BulkQueue.Owner owner(String address, long device) {
    return new BulkQueue.Owner(address, device);
  }

  @Test
  void aloneWhoSendsMuchGetsWholeBatches() throws InterruptedException {
    Lane<Integer> lane = lane(1000, 0, 10_000);
    CountDownLatch first = gate();
    lane.addBulk(owner("a", 0), 1);
    assertThat(batches.take()).containsExactly(1);
    for (int i = 1; i <= 100; i++) {
      lane.addBulk(owner("a", i), 5);
    }
    first.countDown();
    assertThat(batches.take()).hasSize(100);
  }

  @Test
  void whoSendsMuchWaitsBehindOthersAndGetsAShare() throws InterruptedException {
    Lane<Integer> lane = lane(1000, 0, 10_000);
    CountDownLatch first = gate();
    lane.add(1);
    assertThat(batches.take()).containsExactly(1);
    for (int i = 1; i <= 100; i++) {
      lane.addBulk(owner("a", i), 8);
    }
    lane.add(2);
    first.countDown();
    assertThat(batches.take()).startsWith(2).hasSizeLessThanOrEqualTo(9);
  }

  @Test
  void manyFramesOfOneGainNothingOverFewOfOthers() {
    BulkQueue<Integer> queue = new BulkQueue<>();
    for (int i = 0; i < 10; i++) {
      queue.add(owner("a", 1), 100 + i);
    }
    queue.add(owner("a", 2), 200);
    queue.add(owner("b", 3), 300);
    assertThat(drained(queue, 2)).containsExactly(100, 300);
    assertThat(drained(queue, 9)).containsExactly(200, 101);
    assertThat(drained(queue, 9)).containsExactly(102);
    for (int i = 3; i < 10; i++) {
      assertThat(drained(queue, 9)).containsExactly(100 + i);
    }
    assertThat(queue.isEmpty()).isTrue();
  }

  private static List<Integer> drained(BulkQueue<Integer> queue, int most) {
    List<Integer> taken = new java.util.ArrayList<>();
    queue.drain(item -> taken.size() < most && taken.add(item));
    return taken;
  }
}
