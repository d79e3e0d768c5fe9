package org.kvantenergo.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.simulator.net.Target;
import org.kvantenergo.simulator.net.Tls;

/** Sessions by TLS, with certificates that the JDK's own keytool makes. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTest {

  private static final String PASSWORD = "keystore-password";

  @TempDir Path folder;

  private final ConcurrentLinkedQueue<String> messages = new ConcurrentLinkedQueue<>();

  private void keytool(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private Path keystore(String name) throws Exception {
    Path file = folder.resolve(name);
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-storetype",
        "PKCS12",
        "-alias",
        "server",
        "-storepass",
        PASSWORD,
        "-keystore",
        file.toString());
    return file;
  }

  private Path certificate(Path keystore) throws Exception {
    Path pem = folder.resolve(keystore.getFileName() + ".pem");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "server",
        "-storepass",
        PASSWORD,
        "-keystore",
        keystore.toString(),
        "-file",
        pem.toString());
    return pem;
  }

  private static ServerSocket listening(Path keystore, String... protocols) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keystore)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    return socket;
  }

  private Simulation simulation(Peer peer, Tls tls) throws Exception {
    Target target = new Target("127.0.0.1", peer.port(), List.of(), tls);
    return new Simulation(
        new Simulation.Settings(target, 1, null, Duration.ofMillis(20)),
        Clock.systemUTC(),
        messages::add);
  }

  private Totals.Snapshot report(Peer peer, Tls tls) throws Exception {
    try (Simulation simulation = simulation(peer, tls)) {
      Fleet fleet = new Fleet(simulation, Fleet.Plan.once(3, Duration.ofSeconds(1)));
      fleet.start();
      Done.await(fleet);
      return simulation.totals().snapshot();
    }
  }

  @Test
  void whoeverAnswersIsTrusted() throws Exception {
    Path keystore = keystore("anybody");
    for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
      try (Peer peer = new Peer((session, question) -> null, listening(keystore, version))) {
        assertThat(report(peer, Tls.TRUST_ALL).stored()).isEqualTo(3);
      }
    }
  }

  @Test
  void onlyTheCertificateOfTheFileIsTrusted() throws Exception {
    Path right = keystore("right");
    Tls ca = new Tls(certificate(right));
    try (Peer peer = new Peer((session, question) -> null, listening(right))) {
      assertThat(report(peer, ca).stored()).isEqualTo(3);
    }
    try (Peer peer = new Peer((session, question) -> null, listening(keystore("wrong")));
        Simulation simulation = simulation(peer, ca)) {
      messages.clear();
      new Fleet(simulation, Fleet.Plan.once(1, Duration.ofSeconds(1))).start();
      Done.await(() -> !messages.isEmpty());
      assertThat(messages.peek())
          .startsWith(
              "KVANT-6001 The server does not answer: no TLS with 127.0.0.1:%d, its certificate is not trusted: "
                  .formatted(peer.port()));
      assertThat(peer.heard()).isEmpty();
    }
  }

  @Test
  void aFileWithoutCertificatesIsToldAtOnce() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty"), "nothing");
    try (Peer peer = new Peer()) {
      assertThatThrownBy(() -> simulation(peer, new Tls(empty)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
