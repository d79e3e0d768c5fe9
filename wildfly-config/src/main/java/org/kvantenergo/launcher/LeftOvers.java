package org.kvantenergo.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Programs that outlived a launcher that was killed. Each start writes down what it started; the
 * next one, which holds the folder's lock and so knows that no launcher lives, stops them before it
 * looks at ports.
 *
 * <p>A process is known by its number and the moment it started: numbers are used again.
 */
final class LeftOvers implements AutoCloseable {
  private static final long LONGEST_STOP_SECONDS = 30;

  private final Path list;
  private final Path postgresData;
  private final Consumer<String> console;

  /**
   * @param folder the run folder, whose lock the caller holds
   * @param console takes the numbered line about each program that was stopped
   */
  LeftOvers(Path folder, Consumer<String> console) {
    this.list = folder.resolve("children");
    this.postgresData = folder.resolve("postgres/data");
    this.console = console;
  }

  /** Writes a program down and, below it, those it has started so far. */
  void remember(String name, Process process) {
    StringBuilder lines = new StringBuilder();
    ProcessHandle handle = process.toHandle();
    append(lines, name, handle);
    handle.descendants().forEach(child -> append(lines, name, child));
    try {
      Files.writeString(list, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(StringBuilder lines, String name, ProcessHandle handle) {
    String started = handle.info().startInstant().map(Instant::toString).orElse("");
    lines.append(handle.pid()).append(' ').append(started).append(' ').append(name).append('\n');
  }

  /** Forgets what was written down, unless some of it still runs. */
  @Override
  public void close() throws IOException {
    if (Files.exists(list) && alive().isEmpty()) {
      Files.delete(list);
    }
  }

  /** Stops everything that is left, the database last. */
  void stop() throws IOException, InterruptedException {
    if (Files.exists(list)) {
      for (Child child : alive()) {
        // One that was written down twice, or went with its parent, is gone by now.
        if (child.handle().isAlive()) {
          end(child.name(), child.handle());
        }
      }
      Files.delete(list);
    }
    stopPostgres();
  }

  private record Child(String name, ProcessHandle handle) {}

  private List<Child> alive() throws IOException {
    List<Child> children = new ArrayList<>();
    for (String line : Files.readAllLines(list)) {
      String[] parts = line.split(" ", 3);
      ProcessHandle.of(Long.parseLong(parts[0]))
          .filter(handle -> sameStart(handle, parts[1]))
          .ifPresent(handle -> children.add(new Child(parts[2], handle)));
    }
    return children;
  }

  private static boolean sameStart(ProcessHandle handle, String started) {
    return handle.isAlive()
        && handle.info().startInstant().map(Instant::toString).orElse("").equals(started);
  }

  private void stopPostgres() throws IOException, InterruptedException {
    Path pidFile = postgresData.resolve("postmaster.pid");
    if (Files.notExists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    long pid = lines.isEmpty() ? -1 : Long.parseLong(lines.get(0).strip());
    Optional<ProcessHandle> postmaster = ProcessHandle.of(pid).filter(LeftOvers::isPostgres);
    if (postmaster.isPresent()) {
      // INT is PostgreSQL's fast shutdown; TERM would wait for sessions that nobody ends.
      new ProcessBuilder("kill", "-INT", Long.toString(pid)).inheritIO().start().waitFor();
      awaitEnd("PostgreSQL", postmaster.get());
    }
    // PostgreSQL believes that it still runs when another program has got its number.
    Files.deleteIfExists(pidFile);
  }

  private static boolean isPostgres(ProcessHandle handle) {
    return handle.info().command().orElse("").endsWith("postgres");
  }

  private void end(String name, ProcessHandle handle) throws InterruptedException {
    handle.destroy();
    awaitEnd(name, handle);
  }

  private void awaitEnd(String name, ProcessHandle handle) throws InterruptedException {
    if (!ended(handle)) {
      handle.destroyForcibly();
      if (!ended(handle)) {
        throw LaunchMessage.LEFT_OVER_STUCK.exception(name, handle.pid());
      }
    }
    console.accept(LaunchMessage.LEFT_OVER_STOPPED.line(name, handle.pid()));
  }

  private static boolean ended(ProcessHandle handle) throws InterruptedException {
    try {
      handle.onExit().get(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
