package org.kvantenergo.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The simulator as a program of its own. What it says goes to the console line by line; when it is
 * told to stop, sessions that are open come to their end first.
 */
public final class SimulatorProcess implements AutoCloseable {
  /** The simulator gives up by itself a little earlier. */
  private static final int LONGEST_STOP_SECONDS = 15;

  private final String name;
  private final Process process;
  private final Thread reader;
  private final Consumer<String> lines;
  private volatile boolean stopping;

  private SimulatorProcess(String name, Process process, Consumer<String> lines) {
    this.name = name;
    this.process = process;
    this.lines = lines;
    this.reader = new Thread(this::read, "simulator-" + name);
    this.reader.setDaemon(true);
  }

  /**
   * @param jar the program
   * @param heap its largest heap, JVM notation
   * @param arguments the command and its options
   * @param lines takes each line that it prints, from a thread of its own
   */
  public static SimulatorProcess start(
      Path jar, String heap, List<String> arguments, Consumer<String> lines) throws IOException {
    if (Files.notExists(jar)) {
      throw LaunchMessage.NOT_BUILT.exception(jar);
    }
    List<String> command = new ArrayList<>(Programs.ownSession());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    SimulatorProcess simulator = new SimulatorProcess(arguments.get(0), process, lines);
    simulator.reader.start();
    return simulator;
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.accept(line);
      }
      int exitCode = process.waitFor();
      if (exitCode != 0 && !stopping) {
        Terminal.warn(LaunchMessage.SIMULATOR_FAILED.line(name, exitCode));
      }
    } catch (IOException e) {
      // The pipe of a process that was killed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public Process process() {
    return process;
  }

  /**
   * Waits for the program's own end.
   *
   * @return its exit code
   */
  public int await() throws InterruptedException {
    int exitCode = process.waitFor();
    reader.join();
    return exitCode;
  }

  @Override
  public void close() {
    stopping = true;
    process.destroy();
    try {
      if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
