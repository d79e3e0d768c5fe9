package org.kvantenergo.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.simulator.Peer;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;
import picocli.CommandLine;

/** What the program says when something is not as it should be. */
@Timeout(60)
class SaidTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine program = Main.commandLine(new Interruption());
    program.setOut(new PrintWriter(out, true));
    program.setErr(new PrintWriter(err, true));
    return program.execute(arguments);
  }

  private void refused(String said, String... arguments) {
    err.getBuffer().setLength(0);
    assertThat(run(arguments)).as(said).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(said, "See `kvant-simulator " + arguments[0] + " --help`.");
  }

  @Test
  void aWrongOptionIsNamedAloneAndNotUnderTheUsage() {
    refused("Unknown option: '--moduls=5'", "fleet", "--moduls=5");
    refused("at least one device and one connection", "fleet", "--modules", "0");
    refused("the host is empty", "replay", "--host=");
    refused("port out of 1..65535: 0", "replay", "--port=0");
  }

  @Test
  void aFileThatCannotBeHadEndsTheRunBeforeItBegins() {
    Path no = folder.resolve("no/file");
    String why = no + ": there is no such file or folder";
    refused(why, "replay", "--keys", no.toString());
    refused(why, "replay", "--journal", no.toString());
    refused(why, "replay", "--json", no.toString());
    refused(why, "replay", "--tls-ca", no.toString());
    refused(no.getParent() + ": there is no such file or folder", "live", "--state", no.toString());
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aFileThatIsNoneIsRefused() throws IOException {
    refused(folder + ": Is a directory", "replay", "--journal", folder.toString());
    refused(folder + ": it is a folder", "replay", "--tls-ca", folder.toString());
    Path keys = Files.writeString(folder.resolve("keys"), "1 0f\n");
    refused(
        keys + ", line 1: a key is 64 hex digits, not 2 others",
        "fleet",
        "--keys",
        keys.toString());
  }

  @Test
  void talkSaysWhatItCannotBeginWith() throws IOException {
    Path script =
        Files.writeString(folder.resolve("s"), "given m is module\ngiven key for m 0001\n");
    String no = folder.resolve("no").toString();
    refused(no + ": there is no such file or folder", "talk", script.toString(), no);
    refused("the host is empty", "talk", script.toString(), "--host=");
    refused("port out of 1..65535: 0, 5643", "talk", script.toString(), "--port=0");
    refused("'5' is not IMEI:SERIAL", "talk", script.toString(), "--module=5");
    err.getBuffer().setLength(0);
    assertThat(run("talk", script.toString())).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(script + ":2: given key for m 0001\n  a key is 32 bytes, not 2\n");
  }

  @Test
  void devicesThatTheServerDoesNotKnowAreCounted() throws IOException {
    Peer.Script strange =
        (session, question) ->
            question instanceof Hello
                ? new HelloAck(HelloAck.Result.NOT_REGISTERED, Peer.SERVER_TIME, 0)
                : null;
    Path json = folder.resolve("json");
    try (Peer peer = new Peer(strange)) {
      String port = "--port=" + peer.port();
      assertThat(run("fleet", port, "--modules=3", "--hour=1s", "--rounds=1", "--json=" + json))
          .isZero();
    }
    assertThat(out.toString())
        .contains(
            "3 sessions of devices that the server does not know: it keeps their records apart");
    assertThat(Files.readString(json)).contains("\"busy\": 0, \"notRegistered\": 3,");
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws IOException {
    int port;
    try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = nobody.getLocalPort();
    }
    assertThat(fleet(port)).isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "KVANT-6001 The server does not answer: 127.0.0.1:%d refuses the connection; coming again in "
                .formatted(port));
  }

  private int fleet(int port, String... more) {
    String[] arguments = {
      "fleet", "--port=" + port, "--modules=1", "--hour=1s", "--duration=2s", "--drain=100ms"
    };
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return run(all);
  }

  @Test
  void aPortOfSomethingElseIsTold() throws IOException {
    String not = "does not speak the modules' protocol";
    assertThat(against("HTTP/1.1 400 Bad Request\r\n")).contains(not + "; another port?");
    assertThat(against("\u0015\u0003\u0003\u0000\u0002\u0002\n"))
        .contains(not + " but TLS; give --tls");
    assertThat(against(""))
        .contains(" closed without a word; another port, or one for TLS (--tls)?;");
    assertThat(against("HTTP/1.1 400 Bad Request\r\n", "--tls"))
        .contains(" does not speak TLS; another port, or no --tls?");
  }

  /** What is said of a server that answers with this. */
  private String against(String answer, String... more) throws IOException {
    err.getBuffer().setLength(0);
    try (ServerSocket door = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      var unused =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (true) {
                    try (Socket peer = door.accept()) {
                      peer.getInputStream().read();
                      peer.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                      peer.shutdownOutput();
                      peer.getInputStream().readAllBytes();
                    }
                  }
                } catch (IOException e) {
                  // The test is over.
                }
              });
      assertThat(fleet(door.getLocalPort(), more)).isEqualTo(1);
    }
    return err.toString();
  }

  @Test
  void anEmptyFileHasNoCertificates() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "nothing");
    assertThat(run("replay", "--tls-ca", empty.toString())).isEqualTo(2);
    assertThat(err.toString()).startsWith("File does not contain valid certificates: " + empty);
  }
}
