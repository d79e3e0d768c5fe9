package org.kvantenergo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every answer tells a browser, with and without TLS, and what TLS there is. */
@ExtendWith(KvantExtension.class)
class HeadersIT {

  private static final Map<String, String> EVERYWHERE =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "same-origin",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=(), usb=()",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin");

  private static final String POLICY =
      "default-src 'none'; script-src 'self'%s; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private final HttpClient client = Tls.trusting("TLSv1.3", "TLSv1.2");

  /** Pages that carry a nonce, files, redirects, what is not there, what may not be done. */
  @ParameterizedTest
  @CsvSource({
    "GET, /login.xhtml, 200",
    "GET, /expired.xhtml, 200",
    "GET, /static/app.css, 200",
    "GET, /static/nothing.css, 404",
    "GET, /jakarta.faces.resource/nothing.js.xhtml?ln=primefaces, 404",
    "GET, /metrics, 200",
    "GET, /, 302",
    "GET, /monitoring.xhtml, 302",
    "GET, /audit.csv, 302",
    "GET, /no-such-page, 302",
    "GET, /language?to=ru, 302",
    "GET, /push, 302",
    "PUT, /static/app.css, 405",
    "DELETE, /static/app.css, 405",
    "TRACE, /login.xhtml, 405",
    "POST, /login.xhtml, 200"
  })
  void everyAnswerIsCareful(String method, String path, int status, KvantInstance kvant)
      throws Exception {
    for (String base : List.of(kvant.url(), kvant.httpsUrl())) {
      HttpResponse<String> answer = send(method, base + path);
      assertThat(answer.statusCode()).as(base + path).isEqualTo(status);
      EVERYWHERE.forEach(
          (name, value) ->
              assertThat(answer.headers().allValues(name))
                  .as(method + " " + base + path + " " + name)
                  .containsExactly(value));
      assertThat(answer.headers().allValues("Content-Security-Policy")).hasSize(1);
      String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
      assertThat(policy.replaceFirst(" 'nonce-[A-Za-z0-9+/=]{40,}'", ""))
          .isEqualTo(POLICY.formatted(""));
      assertThat(answer.headers().firstValue("Server")).isEmpty();
      assertThat(answer.headers().firstValue("X-Powered-By")).isEmpty();
      // In the demo plain pages are served on purpose.
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }
  }

  @Test
  void aNonceIsUsedOnce(KvantInstance kvant) throws Exception {
    String first = policy(kvant);
    assertThat(first).matches(".*script-src 'self' 'nonce-[A-Za-z0-9+/=]{40,}';.*");
    assertThat(policy(kvant)).isNotEqualTo(first);
  }

  private String policy(KvantInstance kvant) throws Exception {
    return send("GET", kvant.url() + "/login.xhtml")
        .headers()
        .firstValue("Content-Security-Policy")
        .orElseThrow();
  }

  @Test
  void cookiesAreSecureByTlsAndCloseToTheirPages(KvantInstance kvant) throws Exception {
    assertThat(cookies(kvant.httpsUrl() + "/login.xhtml"))
        .singleElement()
        .asString()
        .startsWith("KVANTSESSION=")
        .containsIgnoringCase("; secure")
        .containsIgnoringCase("; httponly")
        .containsIgnoringCase("; samesite=lax")
        .doesNotContainIgnoringCase("domain=");
    assertThat(cookies(kvant.url() + "/login.xhtml"))
        .singleElement()
        .asString()
        .containsIgnoringCase("; httponly")
        .containsIgnoringCase("; samesite=lax")
        .doesNotContainIgnoringCase("; secure");
    assertThat(cookies(kvant.httpsUrl() + "/language?to=ru"))
        .filteredOn(cookie -> cookie.contains("kvant-"))
        .singleElement()
        .asString()
        .startsWith("__Host-kvant-language=ru")
        .containsIgnoringCase("; secure")
        .containsIgnoringCase("; httponly")
        .containsIgnoringCase("; samesite=lax");
  }

  @Test
  void nobodyPretendsToComeByTls(KvantInstance kvant) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(kvant.url() + "/login.xhtml"))
            .header("X-Forwarded-Proto", "https")
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .doesNotContainIgnoringCase("; secure");
  }

  private List<String> cookies(String url) throws Exception {
    return send("GET", url).headers().allValues("Set-Cookie");
  }

  @Test
  void tlsIsOfToday(KvantInstance kvant) throws Exception {
    HttpResponse<String> answer = send("GET", kvant.httpsUrl() + "/login.xhtml");
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    SSLSession session = answer.sslSession().orElseThrow();
    assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
    assertThat(session.getCipherSuite()).isEqualTo("TLS_AES_256_GCM_SHA384");
    HttpRequest login = request("GET", kvant.httpsUrl() + "/login.xhtml");
    assertThat(
            Tls.trusting("TLSv1.2")
                .send(login, BodyHandlers.ofString())
                .sslSession()
                .orElseThrow()
                .getCipherSuite())
        .matches("TLS_ECDHE_.*_GCM_.*|TLS_ECDHE_.*CHACHA20.*");
    for (String weak :
        List.of("TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256")) {
      HttpClient old = Tls.with(weak, "TLSv1.2");
      assertThatThrownBy(() -> old.send(login, BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  private HttpResponse<String> send(String method, String url) throws Exception {
    return client.send(request(method, url), BodyHandlers.ofString());
  }

  private static HttpRequest request(String method, String url) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    return method.equals("POST")
        ? request
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("form=form"))
            .build()
        : request.method(method, BodyPublishers.noBody()).build();
  }
}
