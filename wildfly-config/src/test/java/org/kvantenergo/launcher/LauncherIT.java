package org.kvantenergo.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever keeps the launcher from starting is one numbered line and exit code 1. */
class LauncherIT {
  @TempDir Path data;

  private record Outcome(int exitCode, List<String> errors) {}

  /** The launcher in a JVM of its own, on free ports, with further options. */
  private Outcome launch(String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "-Dkvant.data.dir=" + data,
                "-Dkvant.http.port=" + Ports.free(),
                "-Dkvant.https.port=" + Ports.free(),
                "-Dkvant.module.port=" + Ports.free(),
                "-Dkvant.module.tls.port=" + Ports.free(),
                "-Dkvant.management.port=" + Ports.free()));
    command.addAll(List.of(options));
    command.add(Launcher.class.getName());
    command.addAll(List.of(data.toString(), "no-server", "no.ear", "no.jar"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("KVANT_ADMIN_PASSWORD");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    process.getOutputStream().close();
    String errors =
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Outcome(process.waitFor(), errors.lines().toList());
  }

  private static void assertLine(Outcome outcome, String expected) {
    assertThat(outcome.errors()).containsExactly(expected);
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @Test
  void optionThatMakesNoSense() throws Exception {
    assertLine(
        launch("-Dkvant.http.port=80a"),
        "KVANT-5001 -Dkvant.http.port=80a is not a whole number from 1 to 65535.");
  }

  @Test
  void portInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertLine(
          launch("-Dkvant.module.port=" + taken.getLocalPort()),
          "KVANT-5010 Port "
              + taken.getLocalPort()
              + " (modules) is already in use. Stop the program that listens there, or choose"
              + " another port with -Dkvant.module.port=PORT.");
    }
  }

  @Test
  void equalPorts() throws Exception {
    int port = Ports.free();
    assertLine(
        launch("-Dkvant.http.port=" + port, "-Dkvant.module.port=" + port),
        "KVANT-5011 -Dkvant.http.port and -Dkvant.module.port are both "
            + port
            + ". Choose another port for one of them, such as -Dkvant.module.port=PORT.");
  }

  @Test
  void keystoreThatIsMissing() throws Exception {
    assertLine(
        launch("-Dkvant.module.tls.keystore=/nonexistent"),
        "KVANT-5012 The keystore /nonexistent cannot be used (there is no such file). Check"
            + " -Dkvant.module.tls.keystore and its password in KVANT_MODULE_TLS_PASSWORD.");
  }

  @Test
  void keystoreForPagesThatIsMissing() throws Exception {
    assertLine(
        launch("-Dkvant.https.keystore=/nonexistent"),
        "KVANT-5090 The keystore /nonexistent for pages cannot be used (there is no such file)."
            + " Check -Dkvant.https.keystore and its password in KVANT_HTTPS_PASSWORD.");
  }

  @Test
  void databaseThatDoesNotAnswer() throws Exception {
    int nobody = Ports.free();
    Outcome outcome = launch("-Dkvant.db.url=jdbc:postgresql://localhost:" + nobody + "/kvant");
    assertThat(outcome.errors()).hasSize(1);
    assertThat(outcome.errors().get(0))
        .startsWith("KVANT-5020 The database jdbc:postgresql://localhost:" + nobody + "/kvant does")
        .endsWith("Check address, port and that it runs.");
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @Test
  void databaseThatRefuses() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data.resolve("other"))) {
      Outcome outcome =
          launch("-Dkvant.db.url=" + database.address().url(), "-Dkvant.db.user=nobody");
      assertThat(outcome.errors()).hasSize(1);
      assertThat(outcome.errors().get(0)).startsWith("KVANT-5021 The database ");
      assertThat(outcome.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void dataOfAnotherPostgres() throws Exception {
    Path folder = Files.createDirectories(data.resolve("postgres/data"));
    Files.writeString(folder.resolve("PG_VERSION"), "17\n");
    assertLine(
        launch(),
        "KVANT-5026 The data folder "
            + folder
            + " was written by PostgreSQL 17, this is 18. Choose another folder with"
            + " -Dkvant.data.dir=PATH, or bring the data over with pg_dump of the old version.");
  }

  @Test
  void dataOfAnotherFormat() throws Exception {
    Files.writeString(data.resolve("format"), "format=0\ndemo=true\n");
    assertLine(
        launch(),
        "KVANT-5027 The data folder "
            + data
            + " has format 0, this version of Kvant-Energo reads 1. Choose another folder with"
            + " -Dkvant.data.dir=PATH, or start the version that wrote it.");
  }

  @Test
  void demoDataIsNotOpenedForRealWork() throws Exception {
    Files.writeString(data.resolve("format"), "format=1\ndemo=true\n");
    Outcome outcome = launch("-Dkvant.demo=false");
    assertThat(outcome.errors()).hasSize(1);
    assertThat(outcome.errors().get(0)).startsWith("KVANT-5028 The data folder " + data);
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @Test
  void dataOfRealWorkIsNotOpenedForTheDemo() throws Exception {
    Files.writeString(data.resolve("format"), "format=1\ndemo=false\n");
    Outcome outcome = launch();
    assertThat(outcome.errors()).hasSize(1);
    assertThat(outcome.errors().get(0)).startsWith("KVANT-5028 The data folder " + data);
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @Test
  void nobodyGivesTheFirstPassword() throws Exception {
    Outcome outcome = launch("-Dkvant.demo=false");
    assertThat(outcome.errors()).hasSize(1);
    assertThat(outcome.errors().get(0)).startsWith("KVANT-5040 There is no account yet");
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @Test
  void dataFolderThatIsNone() throws Exception {
    Path file = Files.writeString(data.resolve("file"), "");
    assertLine(
        launch("-Dkvant.data.dir=" + file),
        "KVANT-5002 The data folder "
            + file
            + " cannot be written ("
            + file
            + " is no folder). Give this user the right to, or choose another folder with"
            + " -Dkvant.data.dir=PATH.");
  }

  @Test
  void dataFolderThatCannotBeMade() throws Exception {
    assertLine(
        launch("-Dkvant.data.dir=/proc/x"),
        "KVANT-5002 The data folder /proc/x cannot be written (/proc/x cannot be made). Give this"
            + " user the right to, or choose another folder with -Dkvant.data.dir=PATH.");
  }

  @Test
  void secondLauncherOnTheSameFolder() throws Exception {
    try (RunFolder held = RunFolder.take(data)) {
      assertThat(held.path("lock")).exists();
      assertLine(
          launch(),
          "KVANT-5003 Kvant-Energo already runs from the data folder "
              + data
              + " (process "
              + ProcessHandle.current().pid()
              + "). Stop that one first, or choose another folder with -Dkvant.data.dir=PATH.");
    }
  }
}
