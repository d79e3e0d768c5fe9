package org.kvantenergo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftOversTest {
  @TempDir Path folder;

  @Test
  void whatAnEarlierLaunchStartedIsStopped() throws Exception {
    // It waits for input that never comes.
    Process program = new ProcessBuilder("cat").start();
    LeftOvers earlier = new LeftOvers(folder, line -> {});
    earlier.remember("the server", program);
    earlier.remember("the server", program);

    List<String> lines = new ArrayList<>();
    new LeftOvers(folder, lines::add).stop();

    assertThat(program.isAlive()).isFalse();
    assertThat(lines)
        .containsExactly(
            "KVANT-5004 Stopped the server (process "
                + program.pid()
                + "), left over from a launch that was killed.");
    assertThat(folder.resolve("children")).doesNotExist();
  }

  @Test
  void listIsKeptWhileSomethingOnItRuns() throws Exception {
    Process program = new ProcessBuilder("cat").start();
    LeftOvers leftOvers = new LeftOvers(folder, line -> {});
    leftOvers.remember("the server", program);
    leftOvers.close();
    assertThat(folder.resolve("children")).exists();

    program.destroy();
    program.waitFor();
    leftOvers.close();
    assertThat(folder.resolve("children")).doesNotExist();
  }

  @Test
  void anotherProgramWithTheSameNumberIsLeftAlone() throws Exception {
    long ourselves = ProcessHandle.current().pid();
    Files.writeString(folder.resolve("children"), ourselves + " 2020-01-01T00:00:00Z the server\n");
    List<String> lines = new ArrayList<>();
    new LeftOvers(folder, lines::add).stop();
    assertThat(lines).isEmpty();
  }

  @Test
  void lockOfAPostgresThatIsGoneIsRemoved() throws Exception {
    Path data = Files.createDirectories(folder.resolve("postgres/data"));
    Path lock = data.resolve("postmaster.pid");
    Files.writeString(lock, ProcessHandle.current().pid() + "\n" + data + "\n");
    new LeftOvers(folder, line -> {}).stop();
    assertThat(lock).doesNotExist();
  }
}
