package org.kvantenergo.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kvantenergo.shared.SecretBox;

/**
 * A server for work and not for the demo, with master key, database password and key store password
 * in the server's credential store, set up by the commands of wildfly-config/README.md.
 */
class OwnSecretsIT {

  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{ENC::[^}]+}");
  private static final String STORE_PASSWORD = "a password of the key store";

  private static final byte[] MASTER_KEY = masterKey();

  private static KvantInstance kvant;
  private static Path home;
  private static Path keystore;

  private final HttpClient client = Tls.trusting("TLSv1.3");

  private static byte[] masterKey() {
    byte[] key = new byte[SecretBox.KEY_LENGTH];
    Arrays.fill(key, (byte) 42);
    return key;
  }

  @BeforeAll
  static void start() throws Exception {
    Path folder = ItFolder.fresh("secrets");
    home = folder.resolve("home");
    run(folder, Map.of(), "cp", "-a", ItFolder.serverHome().toString(), home.toString());
    keystore = folder.resolve("pages.p12");
    certificate(keystore, "CN=first");
    cli(
        "/subsystem=elytron/secret-key-credential-store=kvant:add(path=kvant-secrets.cs,"
            + " relative-to=jboss.server.config.dir)",
        "/subsystem=elytron/expression=encryption:add(default-resolver=kvant,"
            + " resolvers=[{name=kvant, credential-store=kvant, secret-key=key}])");
    String master = sealed(Base64.getEncoder().encodeToString(MASTER_KEY));
    String database = sealed("-");
    String store = sealed(STORE_PASSWORD);
    cli(
        "/system-property=kvant.master-key:add(value=\"" + master + "\")",
        "/subsystem=datasources/data-source=KvantDS:write-attribute(name=password, value=\""
            + database
            + "\")",
        "/subsystem=elytron/key-store=kvantHttps:write-attribute(name=credential-reference,"
            + " value={clear-text=\""
            + store
            + "\"})",
        "/subsystem=elytron/key-manager=kvantHttps:write-attribute(name=credential-reference,"
            + " value={clear-text=\""
            + store
            + "\"})");
    kvant =
        KvantInstance.start(
            home,
            folder,
            Map.of(
                "kvant.demo", "false",
                "kvant.http.proxy", "true",
                "kvant.https.keystore", keystore.toString()));
  }

  @AfterAll
  static void stop() {
    if (kvant != null) {
      kvant.close();
    }
  }

  @Test
  void theMasterKeyIsTheOneOfTheStore() throws Exception {
    SecretBox box = new SecretBox();
    box.use(MASTER_KEY);
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select name from master_key")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getBytes(1)).isEqualTo(box.name());
    }
    assertThat(kvant.folder().resolve("server/data/kvant-master.key")).doesNotExist();
    for (Path file :
        List.of(
            home.resolve("standalone/configuration/standalone-full.xml"),
            kvant.folder().resolve("server/configuration/standalone-full.xml"),
            kvant.log())) {
      assertThat(file)
          .content()
          .doesNotContain(Base64.getEncoder().encodeToString(MASTER_KEY), STORE_PASSWORD);
    }
  }

  @Test
  void nobodyOfTheDemoIsThere() throws Exception {
    try (Connection connection = kvant.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select (select count(*) from account), (select count(*) from device),"
                    + " (select count(*) from organisation)")) {
      row.next();
      assertThat(List.of(row.getLong(1), row.getLong(2), row.getLong(3))).containsOnly(0L);
    }
  }

  @Test
  void plainPagesAreAnsweredByTlsOnly() throws Exception {
    HttpResponse<String> page = get(kvant.url() + "/monitoring.xhtml?a=b%20c");
    assertThat(page.statusCode()).isEqualTo(308);
    assertThat(page.headers().firstValue("Location"))
        .hasValue(kvant.httpsUrl().replace("localhost", "127.0.0.1") + "/monitoring.xhtml?a=b%20c");
    assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
    for (String path : List.of("/", "/login.xhtml", "/static/app.css", "/audit.csv")) {
      assertThat(get(kvant.url() + path).statusCode()).as(path).isEqualTo(308);
    }
    HttpRequest form =
        HttpRequest.newBuilder(URI.create(kvant.url() + "/login.xhtml"))
            .POST(BodyPublishers.ofString("login=a"))
            .build();
    HttpResponse<String> refused = client.send(form, BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(get(kvant.url() + "/metrics").statusCode()).isEqualTo(200);
  }

  /** Before the provider is asked, and whether there is one or not. */
  @Test
  void norIsAProviderAskedInPlain() throws Exception {
    HttpResponse<String> page = get(kvant.url() + "/sso/enter?prompt=login&a=b%20c");
    assertThat(page.statusCode()).isEqualTo(308);
    assertThat(page.headers().firstValue("Location"))
        .hasValue(
            kvant.httpsUrl().replace("localhost", "127.0.0.1") + "/sso/enter?prompt=login&a=b%20c");
    assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    HttpRequest form =
        HttpRequest.newBuilder(URI.create(kvant.url() + "/sso/enter"))
            .POST(BodyPublishers.ofString("code=a"))
            .build();
    assertThat(client.send(form, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    HttpResponse<String> answer = get(kvant.httpsUrl() + "/sso/enter");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().allValues("Strict-Transport-Security"))
        .containsExactly("max-age=31536000");
  }

  @Test
  void aProxyThatEndsTlsIsBelievedWhereItIsSaidSo() throws Exception {
    HttpResponse<String> page =
        client.send(
            HttpRequest.newBuilder(URI.create(kvant.url() + "/login.xhtml"))
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-For", "192.0.2.7")
                .build(),
            BodyHandlers.ofString());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("__Host-KVANTSESSION=")
        .containsIgnoringCase("; path=/;")
        .containsIgnoringCase("; secure")
        .containsIgnoringCase("; samesite=lax")
        .doesNotContainIgnoringCase("domain=");
    assertThat(page.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
  }

  @Test
  void byTlsTheBrowserIsToldToStayThere() throws Exception {
    for (String path : List.of("/login.xhtml", "/static/app.css", "/", "/no-such-page")) {
      assertThat(get(kvant.httpsUrl() + path).headers().allValues("Strict-Transport-Security"))
          .as(path)
          .containsExactly("max-age=31536000");
    }
    assertThat(get(kvant.url() + "/").headers().firstValue("Strict-Transport-Security")).isEmpty();
  }

  @Test
  void aRenewedCertificateIsTakenWithoutARestart() throws Exception {
    assertThat(subject()).isEqualTo("CN=first");
    Path renewed = keystore.resolveSibling("renewed.p12");
    certificate(renewed, "CN=second");
    Files.move(renewed, keystore, StandardCopyOption.REPLACE_EXISTING);
    run(
        kvant.folder(),
        Map.of(),
        home.resolve("bin/jboss-cli.sh").toString(),
        "--connect",
        "--controller=" + kvant.managementUrl().replace("http://", "remote+http://"),
        "--commands=/subsystem=elytron/key-store=kvantHttps:load(),"
            + "/subsystem=elytron/key-manager=kvantHttps:init()");
    assertThat(subject()).isEqualTo("CN=second");
  }

  private String subject() throws Exception {
    // A client of its own: no connection and no TLS session of before.
    HttpResponse<String> answer =
        Tls.trusting("TLSv1.3")
            .send(
                HttpRequest.newBuilder(URI.create(kvant.httpsUrl() + "/login.xhtml")).build(),
                BodyHandlers.ofString());
    X509Certificate certificate =
        (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
    return certificate.getSubjectX500Principal().getName();
  }

  private HttpResponse<String> get(String url) throws Exception {
    return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  private static void certificate(Path file, String name) throws Exception {
    run(
        file.getParent(),
        Map.of(),
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "pages",
        "-keyalg",
        "EC",
        "-dname",
        name,
        "-storetype",
        "PKCS12",
        "-storepass",
        STORE_PASSWORD,
        "-keystore",
        file.toString());
  }

  private static String sealed(String secret) throws Exception {
    Matcher expression =
        EXPRESSION.matcher(
            cli(
                "/subsystem=elytron/expression=encryption:create-expression(clear-text=\""
                    + secret
                    + "\")"));
    assertThat(expression.find()).isTrue();
    return expression.group();
  }

  private static String cli(String... commands) throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add("embed-server --server-config=standalone-full.xml");
    lines.addAll(List.of(commands));
    lines.add("stop-embedded-server");
    Path script = Files.write(home.resolveSibling("secrets.cli"), lines);
    return run(
        home.getParent(),
        Map.of("JAVA_HOME", System.getProperty("java.home"), "NOPAUSE", "true"),
        home.resolve("bin/jboss-cli.sh").toString(),
        "--file=" + script);
  }

  private static String run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
