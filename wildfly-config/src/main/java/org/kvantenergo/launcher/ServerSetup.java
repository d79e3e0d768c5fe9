package org.kvantenergo.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One WildFly to start: the provisioned server's programs with a base folder of its own, so that
 * runs and tests do not step on each other.
 *
 * @param home the provisioned server
 * @param base this server's configuration, deployments, data and logs; made when missing
 * @param ear what is deployed
 * @param httpPort pages
 * @param httpsPort pages by TLS
 * @param modulePort modules
 * @param managementPort management, on loopback
 * @param bindAddress the address for pages
 * @param heap the largest heap, JVM notation
 * @param database what the datasource connects to
 * @param properties further system properties
 * @param environment further environment variables; what must not show in the process list
 */
public record ServerSetup(
    Path home,
    Path base,
    Path ear,
    int httpPort,
    int httpsPort,
    int modulePort,
    int managementPort,
    String bindAddress,
    String heap,
    DatabaseAddress database,
    Map<String, String> properties,
    Map<String, String> environment) {

  public ServerSetup {
    properties = Map.copyOf(properties);
    environment = Map.copyOf(environment);
  }

  /** Where modules are taken by TLS; empty if they are not. */
  OptionalInt tlsPort() {
    return properties.containsKey("kvant.module.tls.keystore")
        ? OptionalInt.of(Integer.parseInt(properties.getOrDefault("kvant.module.tls.port", "5643")))
        : OptionalInt.empty();
  }

  Path log() {
    return base.resolve("log/server.log");
  }

  /** Lays out the base folder; data and logs of earlier starts stay. */
  void prepare() throws IOException {
    for (Path needed : List.of(home.resolve("bin/standalone.sh"), ear)) {
      if (Files.notExists(needed)) {
        throw LaunchMessage.NOT_BUILT.exception(needed);
      }
    }
    Folders.copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
    Folders.delete(base.resolve("tmp"));
    Folders.delete(base.resolve("deployments"));
    Path deployments = Files.createDirectories(base.resolve("deployments"));
    Files.createDirectories(base.resolve("log"));
    Files.copy(ear, deployments.resolve("kvant.ear"), StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(deployments.resolve("kvant.ear.dodeploy"), "");
  }

  ProcessBuilder command() {
    List<String> command = new ArrayList<>(Programs.ownSession());
    command.add(home.resolve("bin/standalone.sh").toString());
    command.add("-c");
    command.add("standalone-full.xml");
    command.add("-Djboss.server.base.dir=" + base);
    command.add("-Djboss.bind.address=" + bindAddress);
    command.add("-Djboss.http.port=" + httpPort);
    command.add("-Djboss.https.port=" + httpsPort);
    command.add("-Dkvant.https.port=" + httpsPort);
    command.add("-Djboss.management.http.port=" + managementPort);
    command.add("-Dkvant.module.port=" + modulePort);
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> variables = builder.environment();
    variables.remove("JAVA_OPTS");
    variables.remove("JBOSS_HOME");
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("LAUNCH_JBOSS_IN_BACKGROUND", "1");
    variables.put("JBOSS_JAVA_SIZING", "-Xms256m -Xmx" + heap);
    variables.put("KVANT_DB_URL", database.url());
    variables.put("KVANT_DB_USER", database.user());
    // The datasource refuses an empty password, also where the database asks for none.
    variables.put("KVANT_DB_PASSWORD", database.password().isEmpty() ? "-" : database.password());
    variables.putAll(environment);
    builder.redirectErrorStream(true);
    return builder;
  }
}
