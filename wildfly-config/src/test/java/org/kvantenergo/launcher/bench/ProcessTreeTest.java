package org.kvantenergo.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines as Linux 6.18 wrote them for PostgreSQL 18 under load. */
class ProcessTreeTest {
  private static final String POSTMASTER =
      "4711 (postgres) S 4690 4711 4690 0 -1 4194560 9127 812345 12 340 103 57 20155 7733 20 0 1 0"
          + " 18831 398974976 6644 18446744073709551615 1 1 0 0 0 0 0 0 25186503 0 0 0 17 1 0 0 0 0 0";
  private static final String BACKEND =
      "4802 (postgres) R 4711 4802 4802 0 -1 4194368 88123 0 3 0 4102 911 0 0 20 0 1 0 19221"
          + " 402018304 30112 18446744073709551615 1 1 0 0 0 0 0 0 25186503 0 0 0 17 0 0 0 0 0 0";
  private static final String OTHER =
      "4900 (some (odd) name) S 1 4900 4900 0 -1 4194560 1 0 0 0 7 5 3 2 20 0 1 0 1 1 1 1 1 1 0 0 0"
          + " 0 0 0 0 0 0 0 17 1 0 0 0 0 0";

  @TempDir Path proc;

  private void process(String stat) throws IOException {
    Path folder = Files.createDirectories(proc.resolve(stat.substring(0, stat.indexOf(' '))));
    Files.writeString(folder.resolve("stat"), stat + "\n");
  }

  @Test
  void readsTheFieldsBehindTheName() {
    assertThat(ProcessTimes.parse(POSTMASTER))
        .isEqualTo(new ProcessTimes(4711, 4690, 103 + 57, 20155 + 7733));
    assertThat(ProcessTimes.parse(OTHER)).isEqualTo(new ProcessTimes(4900, 1, 12, 5));
  }

  @Test
  void countsChildrenThatLiveAndThatHaveEnded() throws IOException {
    process(POSTMASTER);
    process(BACKEND);
    process(OTHER);
    Files.createDirectories(proc.resolve("self"));
    ProcessTree tree = new ProcessTree(proc);
    assertThat(tree.seconds(4711)).isCloseTo(1.6 + 278.88 + 50.13, within(1e-9));
    assertThat(tree.seconds(4802)).isCloseTo(50.13, within(1e-9));
  }

  @Test
  void grandchildrenCount() throws IOException {
    process(POSTMASTER.replaceFirst("S 4690", "S 4600"));
    process(OTHER.replaceFirst("S 1 ", "S 4802 "));
    process(BACKEND);
    assertThat(new ProcessTree(proc).seconds(4711))
        .isCloseTo(1.6 + 278.88 + 50.13 + 0.17, within(1e-9));
  }

  @Test
  void aProcessThatEndedWhileItWasLookedForIsPassedOver() throws IOException {
    process(POSTMASTER);
    Files.createDirectories(proc.resolve("4999"));
    assertThat(new ProcessTree(proc).seconds(4711)).isCloseTo(280.48, within(1e-9));
  }

  @Test
  void whatDoesNotLiveHasNoTime() {
    assertThatThrownBy(() -> new ProcessTree(proc).seconds(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("process 1 does not live");
  }

  @Test
  void readsResidentMemory() throws IOException {
    Path folder = Files.createDirectories(proc.resolve("4711"));
    Files.writeString(
        folder.resolve("status"), "Name:\tjava\nVmHWM:\t  900 kB\nVmRSS:\t  812345 kB\n");
    assertThat(new ProcessTree(proc).residentBytes(4711)).isEqualTo(812345L * 1024);
  }

  @Test
  void thisProcessHasTakenTime() throws IOException {
    assertThat(ProcessTree.OF_THIS_MACHINE.seconds(ProcessHandle.current().pid())).isPositive();
  }
}
