package org.kvantenergo.adapter.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestTest {

  private final AtomicLong compiled = new AtomicLong(1000);
  private final AtomicLong now = new AtomicLong(7);
  private final Rest rest = new Rest(compiled::get, now::get);

  private boolean after(long millis, long worked) {
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    compiled.addAndGet(worked);
    return rest.reached();
  }

  @Test
  void itRestsWhenItWorkedLessThanATwentiethOfFiveSeconds() {
    assertThat(after(4999, 0)).as("nothing is known yet").isFalse();
    assertThat(after(1, 250)).isFalse();
    assertThat(after(4999, 0)).isFalse();
    assertThat(after(1, 249)).isTrue();
  }

  @Test
  void whatItDidBeforeDoesNotCount() {
    assertThat(after(5000, 9000)).isFalse();
    assertThat(after(5000, 0)).isTrue();
  }
}
