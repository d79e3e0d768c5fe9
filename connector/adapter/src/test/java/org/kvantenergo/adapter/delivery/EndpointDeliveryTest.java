package org.kvantenergo.adapter.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kvantenergo.adapter.FakeBean;
import org.kvantenergo.adapter.FakeEndpoints;
import org.kvantenergo.adapter.FakeEndpoints.Fate;
import org.kvantenergo.adapter.FakeTransactions;
import org.kvantenergo.wire.PacketListener;

/** Every row of the table in docs/adr/0011, on both servers. */
class EndpointDeliveryTest {

  private final FakeTransactions transactions = new FakeTransactions();
  private final FakeEndpoints endpoints = new FakeEndpoints(transactions, new FakeBean());
  private final EndpointDelivery delivery = new EndpointDelivery(endpoints, transactions);

  private Outcome<Boolean> call() {
    return delivery.call(ready(), PacketListener::ready);
  }

  @Test
  void onlyACommitIsBelieved() {
    assertThat(call()).isEqualTo(new Outcome.Committed<>(true));
    assertThat(call()).isEqualTo(new Outcome.Committed<>(true));
    assertThat(endpoints.calls())
        .containsExactly(
            "create", "before ready", "call", "after", "before ready", "call", "after");
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "RUNTIME_EXCEPTION",
        "ROLLBACK_ONLY",
        "CHECKED_EXCEPTION",
        "COMMIT_FAILS",
        "COMMIT_FAILS_SILENTLY",
        "COMMIT_UNKNOWN"
      })
  void anythingElseFailsAndTakesAFreshEndpoint(Fate fate) {
    endpoints.fate(fate);
    assertThat(call()).isInstanceOf(Outcome.Failed.class);
    endpoints.fate(Fate.COMMITTED);
    assertThat(call()).isEqualTo(new Outcome.Committed<>(true));
    assertThat(endpoints.calls())
        .containsExactly(
            "create",
            "before ready",
            "call",
            "after",
            "release",
            "create",
            "before ready",
            "call",
            "after");
  }

  @Test
  void withoutATransactionTheBeanIsNotCalled() {
    endpoints.fate(Fate.NOT_TRANSACTED);
    assertThat(call()).isInstanceOf(Outcome.Failed.class);
    assertThat(endpoints.calls()).containsExactly("create", "before ready", "after", "release");
  }

  @Test
  void whatWasNotBegunIsNotEnded() {
    endpoints.fate(Fate.NOT_BEGUN);
    assertThat(call()).isInstanceOf(Outcome.Failed.class);
    assertThat(endpoints.calls()).containsExactly("create", "before ready", "release");
  }

  @Test
  void anApplicationThatStartsIsAFailureLikeAnother() {
    endpoints.fate(Fate.UNAVAILABLE);
    assertThat(call()).isInstanceOf(Outcome.Failed.class);
    assertThat(endpoints.calls()).isEmpty();
  }

  @Test
  void aFailureNamesItsCause() {
    endpoints.fate(Fate.COMMIT_FAILS_SILENTLY);
    Outcome<Boolean> outcome = call();
    assertThat(((Outcome.Failed<Boolean>) outcome).cause())
        .hasMessage("transaction ended with status 4");
  }

  @Test
  void closingGivesTheEndpointBackOnceAndLaterCallsFail() {
    call();
    delivery.close();
    delivery.close();
    assertThat(call()).isInstanceOf(Outcome.Failed.class);
    assertThat(endpoints.calls())
        .containsExactly("create", "before ready", "call", "after", "release");
  }

  @Test
  void closingUnderACallDoesNotWaitAndTheCallGivesBack() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    AtomicReference<Outcome<Boolean>> outcome = new AtomicReference<>();
    Thread caller =
        new Thread(
            () ->
                outcome.set(
                    delivery.call(
                        ready(),
                        bean -> {
                          inside.countDown();
                          awaitOpen(leave);
                          return bean.ready();
                        })));
    caller.start();
    awaitOpen(inside);
    delivery.close();
    assertThat(endpoints.calls()).containsExactly("create", "before ready");
    leave.countDown();
    caller.join();
    assertThat(outcome.get()).isEqualTo(new Outcome.Committed<>(true));
    assertThat(endpoints.calls())
        .containsExactly("create", "before ready", "call", "after", "release");
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Method ready() {
    try {
      return PacketListener.class.getMethod("ready");
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
