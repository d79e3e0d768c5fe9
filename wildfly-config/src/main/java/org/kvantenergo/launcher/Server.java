package org.kvantenergo.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running WildFly. Its console output is read until it ends: that is how the launcher learns that
 * it has started. The server writes its own log file.
 */
public final class Server implements AutoCloseable {
  private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

  /**
   * For a server on which the application never started: nothing is in flight there, and WildFly
   * waits for ever for calls that wait for that start.
   */
  private static final Duration LONGEST_STOP_UNREADY = Duration.ofSeconds(5);

  /** From the first page on; the adapter looks every few seconds whether it may open a port. */
  private static final Duration LONGEST_OPENING = Duration.ofMinutes(2);

  /** Boot ended: 0025 well, 0026 with errors; 0055, 0056 given up. */
  private static final Pattern BOOT_ENDED = Pattern.compile("WFLYSRV00(25|26|55|56):");

  /** Our own numbered errors say it best, the server's come second. */
  private static final Pattern OWN_ERROR =
      Pattern.compile("(?:ERROR|FATAL|WARN) .*?(KVANT-\\d{4} .*)");

  /** A line that begins a message; others belong to the one above. */
  private static final Pattern STAMPED =
      Pattern.compile("^\\P{Alnum}*(\\[\\d+m)?\\d\\d:\\d\\d:\\d\\d,");

  private static final Pattern ERROR =
      Pattern.compile("(?:ERROR|FATAL) +\\[[^]]*\\] \\(.*?\\) (.*)");

  private final ServerSetup setup;
  private final Process process;
  private final CompletableFuture<Boolean> booted = new CompletableFuture<>();
  private volatile String ownError = "";
  private volatile String firstError = "";
  private volatile boolean ready;

  private Server(ServerSetup setup, Process process) {
    this.setup = setup;
    this.process = process;
  }

  /** Starts the process and returns at once. */
  public static Server start(ServerSetup setup) throws IOException {
    setup.prepare();
    Process process = setup.command().start();
    process.getOutputStream().close();
    Server server = new Server(setup, process);
    Thread reader = new Thread(server::readConsole, "server-console");
    reader.setDaemon(true);
    reader.start();
    return server;
  }

  private void readConsole() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        look(line);
      }
    } catch (IOException e) {
      // The pipe of a process that was killed; its end is noticed below all the same.
    }
    booted.complete(false);
  }

  private void look(String line) {
    Matcher own = OWN_ERROR.matcher(line);
    if (ownError.isEmpty() && line.contains("ERROR") && own.find()) {
      ownError = own.group(1);
    }
    Matcher error = ERROR.matcher(line);
    if (firstError.isEmpty() && error.find()) {
      firstError = error.group(1);
    } else if (!firstError.isEmpty() && !STAMPED.matcher(line).find()) {
      firstError = firstError.length() > 300 ? firstError : firstError + " " + line.strip();
    }
    Matcher end = BOOT_ENDED.matcher(line);
    if (end.find()) {
      booted.complete(end.group(1).equals("25"));
    }
  }

  /**
   * Waits until the application is up: the server has booted, its page answers and modules may
   * connect, by TLS too if there is a keystore.
   *
   * @throws LaunchException with the reason when it does not come to that
   */
  public void awaitReady(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    if (!bootedWithin(longest)) {
      if (!process.isAlive() || process.waitFor(5, TimeUnit.SECONDS)) {
        throw LaunchMessage.SERVER_DIED_STARTING.exception(
            process.exitValue(), reason(), setup.log());
      }
      throw LaunchMessage.DEPLOYMENT_FAILED.exception(reason(), setup.log());
    }
    awaitTrue("the page on port " + setup.httpPort(), this::pageAnswers, deadline, longest);
    awaitPort("the module port", setup.modulePort(), LONGEST_OPENING);
    OptionalInt tls = setup.tlsPort();
    if (tls.isPresent()) {
      awaitPort("the module port for TLS", tls.getAsInt(), LONGEST_OPENING);
    }
    ready = true;
  }

  private void awaitPort(String what, int port, Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    awaitTrue(what + " " + port, () -> Ports.answers(port), deadline, longest);
  }

  private boolean bootedWithin(Duration longest) throws InterruptedException {
    try {
      return booted.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw LaunchMessage.SERVER_NOT_READY.exception(
          longest.toSeconds(), "end of the server's boot", setup.log());
    }
  }

  private void awaitTrue(String what, BooleanSupplier condition, long deadline, Duration longest)
      throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw LaunchMessage.SERVER_NOT_READY.exception(longest.toSeconds(), what, setup.log());
      }
      // The server's end is an event worth waking for; between two questions nothing else is.
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw LaunchMessage.SERVER_DIED_STARTING.exception(
            process.exitValue(), reason(), setup.log());
      }
    }
  }

  private boolean pageAnswers() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://" + host() + ":" + setup.httpPort() + "/")
                  .toURL()
                  .openConnection();
      connection.setConnectTimeout(2_000);
      connection.setReadTimeout(30_000);
      int status = connection.getResponseCode();
      // A redirect to TLS is the application's word, too.
      return status == 200 || status == 308;
    } catch (IOException e) {
      return false;
    }
  }

  private String host() {
    return setup.bindAddress().equals("0.0.0.0") ? "127.0.0.1" : setup.bindAddress();
  }

  private String reason() {
    String words = ownError.isEmpty() ? firstError : ownError;
    if (words.isEmpty()) {
      return "it gave no reason";
    }
    return words.length() > 300 ? words.substring(0, 300) + "…" : words;
  }

  /**
   * The Java process below the script that started it.
   *
   * @throws IllegalStateException if it does not run
   */
  public ProcessHandle javaProcess() {
    return process
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the server does not run"));
  }

  public Process process() {
    return process;
  }

  public ServerSetup setup() {
    return setup;
  }

  /** Ends the server as a power failure would: no thread of it runs another instruction. */
  public void kill() throws InterruptedException {
    List<ProcessHandle> all = process.descendants().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    for (ProcessHandle handle : all) {
      handle.onExit().join();
    }
    process.waitFor();
  }

  /** Asks the server to stop and waits for it. */
  @Override
  public void close() {
    if (!process.isAlive()) {
      return;
    }
    process.destroy();
    try {
      Duration longest = ready ? LONGEST_STOP : LONGEST_STOP_UNREADY;
      if (!process.waitFor(longest.toSeconds(), TimeUnit.SECONDS)) {
        if (ready) {
          Terminal.warn(LaunchMessage.SERVER_KILLED.line(longest.toSeconds()));
        }
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("Interrupted while the server stops", e));
    }
  }
}
