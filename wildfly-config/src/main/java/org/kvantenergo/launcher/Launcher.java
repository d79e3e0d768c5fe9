package org.kvantenergo.launcher;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
  private final Parts parts = new Parts(Terminal::warn);

  /** Where the data is, as soon as there is something to stop. */
  private volatile Optional<String> kept = Optional.empty();

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
      if (!launcher.parts.stopping()) {
        Terminal.warn(e.getMessage());
      }
    } catch (IOException e) {
      exitCode = 1;
      Terminal.warn(
          LaunchMessage.NOT_WRITABLE.line(
              System.getProperty("kvant.data.dir", ".kvant"), RunFolder.why(e)));
    }
    launcher.stop();
    System.exit(exitCode);
  }

  private void run() throws IOException, InterruptedException {
    Options options = Options.read(Settings.ofThisProcess(), root);
    Ports.requireDistinct(options.ports());
    options
        .tlsKeystore()
        .ifPresent(
            file -> TlsKeystore.requireUsable(Path.of(file), options.tlsPassword().orElse("")));
    options
        .httpsKeystore()
        .ifPresent(
            file -> TlsKeystore.requireUsableForPages(file, options.httpsPassword().orElse("")));
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "launcher-stop"));
    LeftOvers leftOvers = takeFolder(options);
    Terminal.say("Starting the database …");
    kept = Optional.of(place(options));
    Database database = parts.start(() -> open(options));
    Terminal.say("  " + database.description());
    Terminal.say("Starting the server …");
    ServerSetup setup = setup(options, database);
    Server server = parts.start(() -> Server.start(setup));
    leftOvers.remember("the server", server.process());
    server.awaitReady(LONGEST_START);
    leftOvers.remember("the server", server.process());
    Demo demo = new Demo(options, simulator, Terminal::say);
    Terminal.say(Banner.of(options, demo.replays()));
    if (options.demo()) {
      leftOvers.remember("the simulator", parts.start(demo::recorded).process());
    }
    if (options.demo() && options.demoModules() > 0) {
      leftOvers.remember("the fleet", parts.start(demo::fleet).process());
    }
    int exitCode = server.process().waitFor();
    if (parts.stopping()) {
      parts.awaitStopped();
      return;
    }
    throw LaunchMessage.SERVER_DIED.exception(exitCode, server.setup().log());
  }

  /** The folder is ours alone, nothing runs there, and what the options name can be used. */
  private LeftOvers takeFolder(Options options) throws IOException, InterruptedException {
    RunFolder folder = parts.start(() -> RunFolder.take(options.dataFolder()));
    LeftOvers leftOvers = new LeftOvers(options.dataFolder(), Terminal::warn);
    leftOvers.stop();
    parts.start(() -> leftOvers);
    options.ports().forEach(Ports::requireFree);
    if (options.database().isEmpty()) {
      folder.requireFit(options.demo());
    }
    return leftOvers;
  }

  private static String place(Options options) {
    return options.database().map(DatabaseAddress::url).orElse(options.dataFolder().toString());
  }

  private Database open(Options options) {
    if (options.database().isPresent()) {
      DatabaseAddress address = options.database().get();
      Database external = ExternalDatabase.open(address);
      DatabaseCheck.notDurable(address).ifPresent(Terminal::warn);
      return external;
    }
    return EmbeddedDatabase.start(options.dataFolder().resolve("postgres"));
  }

  private ServerSetup setup(Options options, Database database)
      throws IOException, InterruptedException {
    Map<String, String> properties = new HashMap<>();
    properties.put("kvant.demo", Boolean.toString(options.demo()));
    properties.put("kvant.demo.modules", Integer.toString(options.demoModules()));
    properties.put("kvant.demo.stations", Integer.toString(options.demoStations()));
    properties.put("kvant.demo.blocks", Integer.toString(options.demoBlocks()));
    properties.put("kvant.module.tls.port", Integer.toString(options.tlsPort()));
    Map<String, String> environment = new HashMap<>();
    if (options.tlsKeystore().isPresent()) {
      Path keystore = Path.of(options.tlsKeystore().get()).toAbsolutePath();
      properties.put("kvant.module.tls.keystore", keystore.toString());
      options
          .tlsPassword()
          .ifPresent(password -> environment.put("KVANT_MODULE_TLS_PASSWORD", password));
    } else if (options.demo()) {
      Path keystore = DemoCertificate.in(options.dataFolder());
      properties.put("kvant.module.tls.keystore", keystore.toString());
      environment.put("KVANT_MODULE_TLS_PASSWORD", DemoCertificate.PASSWORD);
    }
    pagesByTls(options, properties, environment);
    if (!options.demo() && !DatabaseCheck.hasAccounts(database.address())) {
      environment.put("KVANT_ADMIN_PASSWORD", adminPassword(options));
    }
    return new ServerSetup(
        home,
        options.dataFolder().resolve("server"),
        ear,
        options.httpPort(),
        options.httpsPort(),
        options.modulePort(),
        options.managementPort(),
        options.bindAddress(),
        options.heap(),
        database.address(),
        properties,
        environment);
  }

  /** Without a key store the server makes a certificate itself; the demo shares its modules'. */
  private static void pagesByTls(
      Options options, Map<String, String> properties, Map<String, String> environment)
      throws IOException, InterruptedException {
    if (options.httpsKeystore().isPresent()) {
      Path keystore = Path.of(options.httpsKeystore().get()).toAbsolutePath();
      properties.put("kvant.https.keystore", keystore.toString());
      options
          .httpsPassword()
          .ifPresent(password -> environment.put("KVANT_HTTPS_PASSWORD", password));
    } else if (options.demo()) {
      Path keystore = DemoCertificate.in(options.dataFolder());
      properties.put("kvant.https.keystore", keystore.toString());
      environment.put("KVANT_HTTPS_PASSWORD", DemoCertificate.PASSWORD);
    }
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

  private void stop() {
    if (!parts.beginStop()) {
      return;
    }
    Optional<String> keeps = kept;
    keeps.ifPresent(place -> Terminal.say("Stopping …"));
    if (parts.stop()) {
      keeps.ifPresent(place -> Terminal.say("Stopped; the data is kept in " + place + "."));
    }
  }
}
