package org.kvantenergo.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.kvantenergo.it.KvantInstance;

/**
 * Somebody who speaks HTTP like a browser, but sends what they like: keeps cookies, follows no
 * redirect. One thread.
 */
final class Visitor {

  static final String ADMIN = "admin";
  static final String ADMIN_PASSWORD = "kvant-demo-admin-1";
  static final String VIEW_STATE = "jakarta.faces.ViewState";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String url;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Map<String, String> cookies = new LinkedHashMap<>();

  Visitor(KvantInstance kvant) {
    url = kvant.url();
  }

  /** Somebody who has signed in. */
  static Visitor signedIn(KvantInstance kvant, String login, String password) throws Exception {
    Visitor visitor = new Visitor(kvant);
    Answer answer = visitor.enter(login, password);
    assertThat(answer.status()).as(answer.body()).isEqualTo(302);
    assertThat(answer.header("Location")).as("%s may in", login).isEqualTo("/");
    return visitor;
  }

  /** The demo's administrator. */
  static Visitor admin(KvantInstance kvant) throws Exception {
    return signedIn(kvant, ADMIN, ADMIN_PASSWORD);
  }

  /** Opens the login page and sends it. */
  Answer enter(String login, String password, String... headers) throws Exception {
    return enter(get("/login.xhtml"), login, password, headers);
  }

  /** Sends the login page. */
  Answer enter(Answer page, String login, String password, String... headers) throws Exception {
    return post("/login.xhtml", login(page, login, password), headers);
  }

  static Map<String, String> login(Answer page, String login, String password) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("form", "form");
    form.put("login", login);
    form.put("password", password);
    form.put("enter", "x");
    form.put(VIEW_STATE, page.viewState().orElseThrow());
    return form;
  }

  Answer get(String path, String... headers) throws Exception {
    return ask("GET", path, "", headers);
  }

  Answer post(String path, Map<String, String> form, String... headers) throws Exception {
    return ask("POST", path, encoded(form), headers);
  }

  /** Any request; a body is a form's. */
  Answer ask(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/x-www-form-urlencoded");
    }
    if (!cookies.isEmpty()) {
      request.header("Cookie", cookieHeader());
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    HttpResponse<String> response =
        client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    for (String set : response.headers().allValues("Set-Cookie")) {
      String[] pair = set.split(";", 2)[0].split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return new Answer(response.statusCode(), response, response.body());
  }

  static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> coded(field.getKey()) + "=" + coded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  String cookieHeader() {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  /** The cookie that holds the session, whatever is before its name. */
  String sessionCookie() {
    return cookies.keySet().stream()
        .filter(name -> name.endsWith("KVANTSESSION"))
        .findFirst()
        .orElseThrow();
  }

  String session() {
    return cookies.get(sessionCookie());
  }

  /** Takes another value for the session. */
  void adopt(String name, String session) {
    cookies.put(name, session);
  }

  /** Whether the server still knows who it is. */
  boolean isIn() throws Exception {
    Answer answer = get("/password.xhtml");
    if (answer.status() == 200) {
      return true;
    }
    assertThat(answer.header("Location")).isEqualTo("/login.xhtml");
    return false;
  }

  String url() {
    return url;
  }
}
