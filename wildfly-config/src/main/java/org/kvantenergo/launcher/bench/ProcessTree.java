package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The processor time of a process and of all that it started, those that have ended included: own
 * time of each that lives, and of each what its ended children had taken.
 *
 * @param proc where the kernel tells, /proc
 */
record ProcessTree(Path proc) {

  /** USER_HZ: what /proc counts in, on every Linux that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int TRIES = 10;

  static final ProcessTree OF_THIS_MACHINE = new ProcessTree(Path.of("/proc"));

  /**
   * Seconds of processor time, user and kernel.
   *
   * <p>The files are read one after the other: a child that ends meanwhile would be counted twice
   * or not at all. Then the sum of its parent's ended children has changed, and all is read again.
   *
   * @throws IllegalStateException if the process does not live
   */
  double seconds(long root) throws IOException {
    long ticks = 0;
    for (int i = 0; i < TRIES; i++) {
      long before = of(root).ended();
      ticks = sum(root);
      if (of(root).ended() == before) {
        break;
      }
    }
    return ticks / TICKS_PER_SECOND;
  }

  private ProcessTimes of(long pid) throws IOException {
    return read(proc.resolve(Long.toString(pid)))
        .orElseThrow(() -> new IllegalStateException("process " + pid + " does not live"));
  }

  private long sum(long root) throws IOException {
    Map<Long, ProcessTimes> all = all();
    long sum = 0;
    for (ProcessTimes process : all.values()) {
      sum += below(process, root, all) ? process.ticks() : 0;
    }
    return sum;
  }

  private static boolean below(ProcessTimes process, long root, Map<Long, ProcessTimes> all) {
    ProcessTimes up = process;
    while (up != null && up.pid() != root) {
      up = all.get(up.parent());
    }
    return up != null;
  }

  private Map<Long, ProcessTimes> all() throws IOException {
    Map<Long, ProcessTimes> all = new HashMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path folder : folders) {
        read(folder).ifPresent(process -> all.put(process.pid(), process));
      }
    }
    return all;
  }

  /** Empty when the process has ended. */
  private static Optional<ProcessTimes> read(Path folder) throws IOException {
    try {
      return Optional.of(ProcessTimes.parse(Files.readString(folder.resolve("stat"))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (Files.exists(folder)) {
        throw e;
      }
      return Optional.empty(); // ended between opening and reading
    }
  }

  /** Resident memory of one process, bytes. */
  long residentBytes(long pid) throws IOException {
    return Files.readAllLines(proc.resolve(pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
