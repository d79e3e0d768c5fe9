package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The monitoring page as a browser has it that does not draw: signed in, with the page's own
 * partial requests. One thread at a time.
 */
final class Page {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern VIEW_STATE =
      Pattern.compile("name=\"jakarta\\.faces\\.ViewState\"[^>]*value=\"([^\"]*)\"");
  private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]*)\"");
  private static final Pattern COLUMN = Pattern.compile("data-sort=\"([A-Z_]+)\"");
  private static final Pattern ROW = Pattern.compile("data-id=\"(\\d+)\"");

  private static final Map<String, String> REFRESH = Map.of("refresh", "1");

  /**
   * Of all sockets, and of them alone, without any limit of time: the JDK's client forgets to stop
   * the clock of a connection that became a socket, and closes it when that has run down.
   */
  private static final HttpClient PUSH =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final CookieManager cookies = new CookieManager();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(cookies)
          .connectTimeout(PATIENCE)
          .build();

  private final URI root;
  private URI action;
  private String viewState;
  private String html;
  private Set<String> shown;
  private Set<String> columns;

  private Page(String url, long group) {
    this.root = URI.create(url + "/monitoring.xhtml?g=" + group);
  }

  /**
   * Signs in as the demo's operator and opens the page.
   *
   * @param group the group of devices that it shows
   * @param first place of the first row that it shows, from 0
   */
  static Page open(String url, long group, long first) throws IOException, InterruptedException {
    Page page = new Page(url, group);
    page.take(page.send(HttpRequest.newBuilder(page.root)));
    Map<String, String> form = new LinkedHashMap<>();
    form.put("form", "form");
    form.put("login", "dispatcher2");
    form.put("password", "kvant-demo-1");
    form.put("enter", "enter");
    page.post(form, false);
    page.take(page.send(HttpRequest.newBuilder(page.root)));
    if (first > 0) {
      page.scroll(first);
    }
    return page;
  }

  private void scroll(long first) throws IOException, InterruptedException {
    Map<String, String> window = Map.of("first", Long.toString(first));
    shown = all(ROW, ask("kvantScrollModules", "modules-window", window));
  }

  /** The first row that is shown is the chosen one from now on. */
  long choose() throws IOException, InterruptedException {
    String first = shown.iterator().next();
    ask("kvantSelect", "lower", Map.of("id", first));
    return Long.parseLong(first);
  }

  private void take(HttpResponse<String> answer) {
    html = answer.body();
    viewState = found(VIEW_STATE, "no form at " + answer.uri());
    action =
        answer.uri().resolve(found(ACTION, "no form at " + answer.uri()).replace("&amp;", "&"));
    shown = all(ROW, html);
    columns = all(COLUMN, html);
  }

  private String found(Pattern pattern, String otherwise) {
    Matcher matcher = pattern.matcher(html);
    if (!matcher.find()) {
      throw new IllegalStateException(otherwise);
    }
    return matcher.group(1);
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(row -> row.group(1))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The devices in the upper table, by id, in their order. */
  Set<String> shown() {
    return shown;
  }

  /** What it says at the socket of what it shows. */
  String says() {
    return String.join(",", shown) + ";" + String.join(",", columns);
  }

  /** The devices whose rows stand in a text. */
  static Set<String> rows(String text) {
    return all(ROW, text);
  }

  /** How many there are of what; false if the server is busy. */
  boolean recount() throws IOException, InterruptedException {
    return !ask("kvantRecount", "aside chips quick modules-foot", REFRESH).isEmpty();
  }

  /** The lower table anew; false if the server is busy. */
  boolean refreshLower() throws IOException, InterruptedException {
    String render =
        "device tab-commands records-window records-foot sessions-window sessions-foot"
            + " orders-window orders-foot";
    return !ask("kvantRefreshLower", render, REFRESH).isEmpty();
  }

  private static boolean busy(HttpResponse<String> answer) {
    return answer.headers().firstValue("X-Kvant-Busy").isPresent();
  }

  /** What came; empty if the server is busy. */
  private String ask(String name, String render, Map<String, String> parameters)
      throws IOException, InterruptedException {
    String source = command(name);
    Map<String, String> form = new LinkedHashMap<>();
    form.put("jakarta.faces.partial.ajax", "true");
    form.put("jakarta.faces.source", source);
    form.put("jakarta.faces.partial.execute", source);
    form.put("jakarta.faces.partial.render", render);
    form.put(source, source);
    form.put("f", "f");
    form.putAll(parameters);
    HttpResponse<String> answer = post(form, true);
    if (busy(answer)) {
      return "";
    }
    if (!answer.body().contains("<update id=\"" + render.split(" ", -1)[0] + "\"")) {
      throw new IOException("the page did not refresh: " + answer.body());
    }
    return answer.body();
  }

  /** The id of the component behind a function of the page. */
  private String command(String name) {
    Pattern pattern =
        Pattern.compile(
            Pattern.quote(name) + "\\s*=\\s*function\\s*\\([^)]*\\)[^;]*?s:\"([^\"]+)\"");
    return pattern
        .matcher(html.replace("&quot;", "\""))
        .results()
        .map((MatchResult result) -> result.group(1))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + name + " on the page"));
  }

  private HttpResponse<String> post(Map<String, String> form, boolean partial)
      throws IOException, InterruptedException {
    form.put("jakarta.faces.ViewState", viewState);
    String body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(action)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (partial) {
      request.header("Faces-Request", "partial/ajax").header("X-Requested-With", "XMLHttpRequest");
    }
    return send(request);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 == 3) {
      URI next = answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
      return send(HttpRequest.newBuilder(next));
    }
    if (answer.statusCode() != 200) {
      throw new IOException(answer.uri() + " answers " + answer.statusCode());
    }
    return answer;
  }

  /** Listens for the server's nudges. */
  WebSocket listen(WebSocket.Listener listener) {
    URI push = URI.create("ws://" + root.getAuthority() + "/push");
    String cookie =
        cookies.getCookieStore().get(root).stream()
            .map(c -> c.getName() + "=" + c.getValue())
            .collect(Collectors.joining("; "));
    return PUSH.newWebSocketBuilder().header("Cookie", cookie).buildAsync(push, listener).join();
  }
}
