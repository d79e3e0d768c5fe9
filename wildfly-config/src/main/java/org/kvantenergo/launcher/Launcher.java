package org.kvantenergo.launcher;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * {@code mvn -Prun}: database, server, simulator, in this order; stays until it is told to stop,
 * then stops them in the reverse order. Whatever is wrong is one numbered line and exit code 1.
 */
public final class Launcher {
  /** A schema migration of a big archive takes its time; a healthy start takes seconds. */
  private static final Duration LONGEST_START = Duration.ofMinutes(30);

  /** The shortest password the application takes. */
  private static final int SHORTEST_PASSWORD = 12;

  private final Path root;
  private final Path home;
  private final Path ear;
  private final Path simulator;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean stopping;

  private Launcher(Path root, Path home, Path ear, Path simulator) {
    this.root = root;
    this.home = home;
    this.ear = ear;
    this.simulator = simulator;
  }

  /** Arguments: project folder, provisioned server, EAR, the simulator's jar. */
  public static void main(String[] args) throws InterruptedException {
    Launcher launcher =
        new Launcher(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), Path.of(args[3]));
    int exitCode = 0;
    try {
      launcher.run();
    } catch (LaunchException e) {
      exitCode = 1;
      if (!launcher.stopping) {
        System.err.println(e.getMessage());
      }
    } catch (IOException e) {
      exitCode = 1;
      System.err.println(
          LaunchMessage.NOT_WRITABLE.line(
              System.getProperty("kvant.data.dir", ".kvant"), e.toString()));
    }
    launcher.stop();
    System.exit(exitCode);
  }

  private void run() throws IOException, InterruptedException {
    Options options = Options.read(Settings.ofThisProcess(), root);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "launcher-stop"));
    RunFolder folder = keep(RunFolder.take(options.dataFolder()));
    LeftOvers leftOvers = new LeftOvers(options.dataFolder(), System.err::println);
    leftOvers.stop();
    Ports.requireFree(options.httpPort(), "web pages", "kvant.http.port");
    Ports.requireFree(options.modulePort(), "modules", "kvant.module.port");
    if (tls(options)) {
      Ports.requireFree(options.tlsPort(), "modules by TLS", "kvant.module.tls.port");
    }
    Ports.requireFree(options.managementPort(), "server management", "kvant.management.port");
    if (options.database().isEmpty()) {
      folder.requireFit(options.demo());
    }
    say("Starting the database …");
    Database database = keep(open(options));
    say("  " + database.description());
    say("Starting the server …");
    Server server = keep(Server.start(setup(options, database)));
    leftOvers.remember("the server", server.process());
    server.awaitReady(LONGEST_START);
    leftOvers.remember("the server", server.process());
    Demo demo = new Demo(options, simulator, Launcher::say);
    Banner.print(options, demo.replays(), System.out);
    if (options.demo()) {
      leftOvers.remember("the simulator", keep(demo.recorded()).process());
    }
    if (options.demo() && options.demoModules() > 0) {
      leftOvers.remember("the fleet", keep(demo.fleet()).process());
    }
    int exitCode = server.process().waitFor();
    if (stopping) {
      stopped.await();
      return;
    }
    throw LaunchMessage.SERVER_DIED.exception(exitCode, server.setup().log());
  }

  private Database open(Options options) {
    if (options.database().isPresent()) {
      DatabaseAddress address = options.database().get();
      Database external = ExternalDatabase.open(address);
      DatabaseCheck.notDurable(address).ifPresent(System.err::println);
      return external;
    }
    return EmbeddedDatabase.start(options.dataFolder().resolve("postgres"));
  }

  private static boolean tls(Options options) {
    return options.demo() || options.tlsKeystore().isPresent();
  }

  private ServerSetup setup(Options options, Database database)
      throws IOException, InterruptedException {
    Map<String, String> properties = new HashMap<>();
    properties.put("kvant.demo", Boolean.toString(options.demo()));
    properties.put("kvant.demo.modules", Integer.toString(options.demoModules()));
    properties.put("kvant.module.tls.port", Integer.toString(options.tlsPort()));
    Map<String, String> environment = new HashMap<>();
    if (options.tlsKeystore().isPresent()) {
      // Its password, if it has one, is in the environment that the server inherits.
      properties.put("kvant.module.tls.keystore", options.tlsKeystore().get());
    } else if (options.demo()) {
      Path keystore = DemoCertificate.in(options.dataFolder());
      properties.put("kvant.module.tls.keystore", keystore.toString());
      environment.put("KVANT_MODULE_TLS_PASSWORD", DemoCertificate.PASSWORD);
    }
    if (!options.demo() && !DatabaseCheck.hasAccounts(database.address())) {
      environment.put("KVANT_ADMIN_PASSWORD", adminPassword(options));
    }
    return new ServerSetup(
        home,
        options.dataFolder().resolve("server"),
        ear,
        options.httpPort(),
        options.modulePort(),
        options.managementPort(),
        options.bindAddress(),
        options.heap(),
        database.address(),
        properties,
        environment);
  }

  private static String adminPassword(Options options) {
    String password = options.adminPassword().orElseGet(Launcher::askForPassword);
    if (password.length() < SHORTEST_PASSWORD) {
      throw LaunchMessage.ADMIN_PASSWORD_SHORT.exception(SHORTEST_PASSWORD);
    }
    return password;
  }

  // From Java 22 on there is a console without a terminal too; it answers null at the input's end.
  @SuppressWarnings("SystemConsoleNull")
  private static String askForPassword() {
    Console console = System.console();
    char[] answer =
        console == null
            ? null
            : console.readPassword("Password for the first administrator (admin): ");
    if (answer == null) {
      throw LaunchMessage.NO_ADMIN_PASSWORD.exception();
    }
    return new String(answer);
  }

  private synchronized <T extends AutoCloseable> T keep(T part) {
    if (stopping) {
      close(part);
      throw new LaunchException("Stopped while starting.");
    }
    started.push(part);
    return part;
  }

  private void stop() {
    synchronized (this) {
      if (stopping) {
        return;
      }
      stopping = true;
      if (started.size() > 1) {
        say("Stopping …");
      }
      while (!started.isEmpty()) {
        close(started.pop());
      }
    }
    stopped.countDown();
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      System.err.println(DatabaseCheck.oneLine(e));
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
