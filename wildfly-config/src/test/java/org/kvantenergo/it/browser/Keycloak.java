package org.kvantenergo.it.browser;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.kvantenergo.launcher.Ports;

/**
 * A real provider of OpenID Connect: Keycloak with the realm of the test's resources, on a free
 * port of the loopback address, its database in memory. It is called localhost, and the pages
 * 127.0.0.1: to the browser these are two sites, as they are in life.
 */
final class Keycloak implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Process process;
  private final int port;

  private Keycloak(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param port of its pages
   * @param pages where Kvant's pages are, without a slash at the end
   */
  static Keycloak start(int port, String pages) throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("kvant.keycloak.home")).toAbsolutePath();
    Path log = home.resolve("kvant.log");
    build(home, log);
    try (InputStream realm = Keycloak.class.getResourceAsStream("/keycloak/realm.json")) {
      String text = new String(realm.readAllBytes(), StandardCharsets.UTF_8);
      Path folder = Files.createDirectories(home.resolve("data/import"));
      Files.writeString(folder.resolve("kvant-realm.json"), text.replace("@pages@", pages));
    }
    Process process =
        command(
                home,
                log,
                "start",
                "--optimized",
                "--import-realm",
                "--cache=local",
                "--http-enabled=true",
                "--hostname=http://localhost:" + port,
                "--http-host=127.0.0.1",
                "--http-port=" + port)
            .start();
    Keycloak keycloak = new Keycloak(process, port);
    Runtime.getRuntime().addShutdownHook(new Thread(keycloak::close));
    keycloak.await(log);
    return keycloak;
  }

  /** Once for each unpacked distribution: it compiles its settings, which takes half its start. */
  private static void build(Path home, Path log) throws IOException, InterruptedException {
    Path marker = home.resolve("kvant-built");
    if (Files.exists(marker)) {
      return;
    }
    Process build = command(home, log, "build", "--db=dev-mem").start();
    if (build.waitFor() != 0) {
      throw new IOException("Keycloak's build failed, see " + log);
    }
    Files.writeString(marker, "");
  }

  private static ProcessBuilder command(Path home, Path log, String... arguments) {
    List<String> command = new ArrayList<>(List.of("bash", home.resolve("bin/kc.sh").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx512m -XX:TieredStopAtLevel=1");
    builder.environment().remove("JAVA_OPTS");
    return builder;
  }

  private void await(Path log) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest question =
        HttpRequest.newBuilder(URI.create(url() + "/.well-known/openid-configuration")).build();
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!answers(client, question)) {
      if (System.nanoTime() > deadline || process.waitFor(200, TimeUnit.MILLISECONDS)) {
        close();
        throw new IOException("Keycloak did not start, see " + log);
      }
    }
  }

  private static boolean answers(HttpClient client, HttpRequest question)
      throws InterruptedException {
    try {
      return client.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where the realm is: the provider's address. */
  String url() {
    return url(port);
  }

  /** Where the realm of a Keycloak on a port is. */
  static String url(int port) {
    return "http://localhost:" + port + "/realms/kvant";
  }

  /** A port for one. */
  static int freePort() throws IOException {
    return Ports.free();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }
}
