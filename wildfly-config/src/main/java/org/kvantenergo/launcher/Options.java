package org.kvantenergo.launcher;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What can be chosen at a launch; docs/operations.md is the text for people.
 *
 * @param httpPort where pages are served, 1 to 65535
 * @param httpsPort where pages are served by TLS, 1 to 65535
 * @param httpsKeystore the PKCS#12 file for it; empty = the demo makes one, else the server does
 * @param httpsPassword of that file and of its key, when it is given
 * @param modulePort where modules report, 1 to 65535
 * @param tlsPort where modules report by TLS, 1 to 65535
 * @param tlsKeystore the keystore for it; empty = the demo makes one, others have no TLS
 * @param tlsPassword of that keystore and of its key, when it is given
 * @param managementPort the server's own management, loopback only, 1 to 65535
 * @param bindAddress the address on which pages are served
 * @param dataFolder everything that is kept between runs
 * @param demo whether the demo's organisation, modules and accounts are set up
 * @param demoModules how many generated modules report beside the recorded ones, 0 to 1,000,000
 * @param demoStations how many base stations are registered for trials, 0 to 1,000,000
 * @param demoBlocks how many telemetry blocks are registered for trials, 0 to 1,000,000
 * @param heap the server's largest heap in the JVM's notation, such as 1g
 * @param database the external database; empty for the embedded one
 * @param adminPassword the first administrator's password, when it is given
 */
public record Options(
    int httpPort,
    int httpsPort,
    Optional<String> httpsKeystore,
    Optional<String> httpsPassword,
    int modulePort,
    int tlsPort,
    Optional<String> tlsKeystore,
    Optional<String> tlsPassword,
    int managementPort,
    String bindAddress,
    Path dataFolder,
    boolean demo,
    int demoModules,
    int demoStations,
    int demoBlocks,
    String heap,
    Optional<DatabaseAddress> database,
    Optional<String> adminPassword) {

  /**
   * Reads them.
   *
   * @param root the project's folder
   * @throws LaunchException if one makes no sense
   */
  public static Options read(Settings settings, Path root) {
    Optional<DatabaseAddress> database =
        settings
            .text("kvant.db.url")
            .map(
                url ->
                    new DatabaseAddress(
                        url,
                        settings.text("kvant.db.user").orElse("kvant"),
                        settings.text("kvant.db.password").orElse("")));
    if (database.isPresent() && !database.get().url().startsWith("jdbc:postgresql:")) {
      throw LaunchMessage.WRONG_OPTION.exception(
          "kvant.db.url", database.get().url(), "like jdbc:postgresql://host:5432/kvant");
    }
    Path data = root.resolve(settings.text("kvant.data.dir").orElse(".kvant"));
    return new Options(
        settings.number("kvant.http.port", 8080, 1, 65535),
        settings.number("kvant.https.port", 8443, 1, 65535),
        settings.text("kvant.https.keystore"),
        settings.text("kvant.https.password"),
        settings.number("kvant.module.port", 5642, 1, 65535),
        settings.number("kvant.module.tls.port", 5643, 1, 65535),
        settings.text("kvant.module.tls.keystore"),
        settings.text("kvant.module.tls.password"),
        settings.number("kvant.management.port", 9990, 1, 65535),
        settings.text("kvant.http.address").orElse("127.0.0.1"),
        data.toAbsolutePath().normalize(),
        settings.flag("kvant.demo", true),
        settings.number("kvant.demo.modules", 0, 0, 1_000_000),
        settings.number("kvant.demo.stations", 0, 0, 1_000_000),
        settings.number("kvant.demo.blocks", 0, 0, 1_000_000),
        settings.heap("kvant.heap", "1g"),
        database,
        settings.text("kvant.admin.password"));
  }

  /** Whether modules are taken by TLS: in the demo always, else with a keystore. */
  boolean tls() {
    return demo || tlsKeystore.isPresent();
  }

  /** The ports that are listened on, by option. */
  Map<String, Integer> ports() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("kvant.http.port", httpPort);
    ports.put("kvant.https.port", httpsPort);
    ports.put("kvant.module.port", modulePort);
    if (tls()) {
      ports.put("kvant.module.tls.port", tlsPort);
    }
    ports.put("kvant.management.port", managementPort);
    return ports;
  }
}
