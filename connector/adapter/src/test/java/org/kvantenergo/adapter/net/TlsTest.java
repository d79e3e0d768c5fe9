package org.kvantenergo.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kvantenergo.adapter.ModuleFrames.answer;
import static org.kvantenergo.adapter.ModuleFrames.bye;
import static org.kvantenergo.adapter.ModuleFrames.hello;
import static org.kvantenergo.adapter.ModuleFrames.readings;
import static org.kvantenergo.adapter.ModuleFrames.together;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kvantenergo.adapter.FakeBean;
import org.kvantenergo.adapter.FakeEndpoints;
import org.kvantenergo.adapter.FakeServer;
import org.kvantenergo.adapter.delivery.Dispatcher;
import org.kvantenergo.adapter.delivery.Workers;
import org.kvantenergo.adapter.metrics.AdapterMeters;
import org.kvantenergo.wire.frame.FrameParse;
import org.kvantenergo.wire.frame.FrameParser;

/** The TLS port, with certificates that the JDK's own keytool makes. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTest {

  private static final long SERIAL = 642_000_017L;
  private static final String PASSWORD = "keystore-password";

  @TempDir private Path folder;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AdapterMeters meters = new AdapterMeters(registry);
  private final FakeServer server = new FakeServer();
  private final FakeBean bean = new FakeBean();
  private Workers workers;
  private Dispatcher dispatcher;
  private Acceptor acceptor;

  @BeforeEach
  void open() throws Exception {
    keystore("first");
    Files.copy(folder.resolve("first"), folder.resolve("used"));
    workers = new Workers(server);
    dispatcher =
        new Dispatcher(
            new Dispatcher.Settings("node", 4, 500, 2),
            new FakeEndpoints(server.transactions(), bean),
            server.transactions(),
            workers,
            Clock.systemUTC(),
            meters);
    acceptor = acceptor(new Acceptor.Tls(0, folder.resolve("used"), PASSWORD));
    acceptor.open();
    acceptor.openSecure();
  }

  private Acceptor acceptor(Acceptor.Tls tls) {
    return new Acceptor(
        new Acceptor.Settings("127.0.0.1", 0, tls, "node", 100, 100, TimeLimits.PROTOCOL),
        dispatcher,
        Clock.systemUTC(),
        meters);
  }

  @AfterEach
  void close() throws Exception {
    acceptor.close(30_000);
    dispatcher.stop(30_000);
    workers.close();
    server.close();
  }

  private void keystore(String name) throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                folder.resolve(name).toString())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private SSLSocket connect() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Everybody()}, new SecureRandom());
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), acceptor.tlsPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static String subject(SSLSocket socket) throws IOException {
    X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    return certificate.getSubjectX500Principal().getName();
  }

  @Test
  void aSessionIsTheSameUnderTls() throws Exception {
    try (SSLSocket socket = connect()) {
      socket
          .getOutputStream()
          .write(together(hello(1, SERIAL), readings(2, 1, 2), readings(3, 2), bye(4)));
      byte[] all = new DataInputStream(socket.getInputStream()).readAllBytes();
      List<String> answers = new ArrayList<>();
      ByteBuffer in = ByteBuffer.wrap(all);
      while (in.hasRemaining()) {
        answers.add(answer(((FrameParse.Whole) FrameParser.parse(in)).frame()));
      }
      assertThat(answers).containsExactly("HELLO_ACK 1 ACCEPTED", "ACK 2 new", "ACK 3 again");
      assertThat(socket.getSession().getProtocol()).isIn("TLSv1.3", "TLSv1.2");
    }
  }

  @Test
  void aNewCertificateIsTakenWithoutARestart() throws Exception {
    try (SSLSocket socket = connect()) {
      assertThat(subject(socket)).isEqualTo("CN=first");
    }
    keystore("second");
    replace("second");
    awaitSubject("CN=second");
    Files.writeString(folder.resolve("broken"), "no keystore");
    replace("broken");
    awaitSubject("CN=second");
  }

  private void replace(String name) throws IOException {
    Path next = folder.resolve(name);
    Files.setLastModifiedTime(next, FileTime.from(Instant.now().plusSeconds(name.length())));
    Files.move(next, folder.resolve("used"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The file is looked at every few seconds: connects until the certificate is the one. */
  private void awaitSubject(String expected) throws Exception {
    String found = "";
    while (!found.equals(expected)) {
      try (SSLSocket socket = connect()) {
        found = subject(socket);
      }
    }
  }

  @Test
  void whatIsNoTlsIsClosedWithoutAWord() throws Exception {
    try (java.net.Socket socket =
        new java.net.Socket(InetAddress.getLoopbackAddress(), acceptor.tlsPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(hello(1, SERIAL));
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(answer.length).as("at most a TLS alert").isLessThan(10);
    }
  }

  @Test
  void aKeystoreThatCannotBeReadLeavesThePlainPort() throws Exception {
    Acceptor plain = acceptor(new Acceptor.Tls(0, folder.resolve("used"), "wrong"));
    plain.open();
    assertThatThrownBy(plain::openSecure)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("used");
    assertThat(plain.tlsPort()).isZero();
    assertThat(plain.port()).isPositive();
    plain.close(30_000);
  }

  private static final class Everybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
