package org.kvantenergo.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PartsTest {
  private final List<String> stopped = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private AutoCloseable part(String name) {
    return () -> stopped.add(name);
  }

  @Test
  void stopsInTheReverseOrder() throws Exception {
    Parts parts = new Parts(warnings::add);
    parts.start(() -> part("database"));
    parts.start(() -> part("server"));
    assertThat(parts.beginStop()).isTrue();
    assertThat(parts.beginStop()).isFalse();
    assertThat(parts.stop()).isTrue();
    assertThat(stopped).containsExactly("server", "database");
    assertThat(warnings).isEmpty();
  }

  @Test
  void whatFailsKeepsNothingElseFromBeingStopped() throws Exception {
    Parts parts =
        new Parts(
            line -> {
              warnings.add(line);
              throw new NumberFormatException("For input string: \"\"");
            });
    parts.start(() -> part("database"));
    parts.start(
        () ->
            () -> {
              throw new NoClassDefFoundError("gone");
            });
    parts.start(
        () ->
            () -> {
              throw new IllegalStateException("stuck");
            });
    parts.beginStop();
    assertThat(parts.stop()).isFalse();
    assertThat(stopped).containsExactly("database");
    assertThat(warnings).containsExactly("stuck", "gone");
  }

  @Test
  void whatIsJustBeingStartedIsStoppedToo() throws Exception {
    Parts parts = new Parts(warnings::add);
    CountDownLatch underWay = new CountDownLatch(1);
    Thread stopper =
        new Thread(
            () -> {
              parts.beginStop();
              underWay.countDown();
              parts.stop();
            });
    parts.start(
        () -> {
          stopper.start();
          underWay.await();
          return part("database");
        });
    parts.awaitStopped();
    stopper.join();
    assertThat(stopped).containsExactly("database");
    assertThatThrownBy(() -> parts.start(() -> part("server")))
        .isInstanceOf(LaunchException.class)
        .hasMessage("Stopped while starting.");
  }
}
