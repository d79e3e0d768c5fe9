package org.kvantenergo.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kvantenergo.it.KvantExtension;
import org.kvantenergo.it.KvantInstance;

/** Requests that no browser makes, and what is served to whom. */
@ExtendWith(KvantExtension.class)
class HttpIT {

  private static final List<String> ADDRESSES =
      List.of("/users.xhtml", "/audit.csv", "/meters-file", "/language", "/static/app.css");

  private static final War WAR = War.deployed();

  private static KvantInstance kvant;
  private static Visitor admin;

  @BeforeAll
  static void signIn(KvantInstance shared) throws Exception {
    kvant = shared;
    admin = Visitor.admin(kvant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "MOVE", "get", "XYZ"})
  void onlyTheMethodsOfPagesAreKnown(String method) throws Exception {
    for (String address : ADDRESSES) {
      String answer =
          Wire.head(
              kvant, method + " " + address + " HTTP/1.1", host(), cookie(), "Connection: close");
      assertThat(Wire.statuses(answer)).as(method + " " + address).containsExactly(405);
      assertThat(answer).doesNotContain("Cookie:").doesNotContain("<html");
    }
  }

  @Test
  void noHeaderMakesAnotherMethodOrAnotherAddressOfARequest() throws Exception {
    String plain = admin.get("/users.xhtml").title();
    for (String header :
        List.of(
            "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-Method")) {
      assertThat(admin.get("/users.xhtml", header, "DELETE").title()).isEqualTo(plain);
    }
    for (String header : List.of("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix")) {
      assertThat(admin.get("/users.xhtml", header, "/audit.xhtml").title()).isEqualTo(plain);
      assertThat(new Visitor(kvant).get("/audit.xhtml", header, "/login.xhtml").header("Location"))
          .isEqualTo("/login.xhtml");
    }
  }

  @Test
  void nobodySaysWhereWeAreByAHeader() throws Exception {
    for (String[] head :
        new String[][] {
          {"GET /users.xhtml HTTP/1.1", "Host: evil.example"},
          {"GET /users.xhtml HTTP/1.1", host(), "X-Forwarded-Host: evil.example"},
          {"GET /users.xhtml HTTP/1.1", host(), "Forwarded: host=evil.example;proto=https"},
          {"GET /language?to=//evil.example HTTP/1.1", "Host: evil.example"},
          {"GET / HTTP/1.1", "Host: evil.example"}
        }) {
      List<String> lines = new ArrayList<>(List.of(head));
      lines.add("Connection: close");
      String answer = Wire.head(kvant, lines.toArray(String[]::new));
      assertThat(answer).as(lines.toString()).startsWith("HTTP/1.1 302").doesNotContain("evil");
    }
    String page =
        Wire.head(kvant, "GET /login.xhtml HTTP/1.1", "Host: evil.example", "Connection: close");
    assertThat(page).startsWith("HTTP/1.1 200").doesNotContain("evil.example");
    for (String[] head :
        new String[][] {
          {"GET /login.xhtml HTTP/1.1", host(), "Host: evil.example"},
          {"GET /login.xhtml HTTP/1.1"},
          {"GET /login.xhtml HTTP/1.1", "Host: a\"><script>"},
          {"GET /login.xhtml HTTP/1.1", "Host: a b"},
          {"GET http://evil.example/login.xhtml HTTP/1.1", host()}
        }) {
      List<String> lines = new ArrayList<>(List.of(head));
      lines.add("Connection: close");
      assertThat(Wire.statuses(Wire.head(kvant, lines.toArray(String[]::new))))
          .as(lines.toString())
          .containsExactly(400);
    }
  }

  @Test
  void oneRequestIsNeverTwo() throws Exception {
    String second = "GET /static/app.css HTTP/1.1\r\n" + host() + "\r\n\r\n";
    for (String framing :
        List.of(
            "Content-Length: 6\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nContent-Length: 6",
            "Content-Length: 5\r\nContent-Length: 0",
            "Content-Length: 0\r\nContent-Length: 5",
            "Content-Length: 5, 0",
            "Content-Length: -5",
            "Content-Length: +5",
            "Content-Length: 0x5",
            "Content-Length : 5",
            "Transfer-Encoding : chunked",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding:\u000bchunked")) {
      String answers =
          Wire.send(
              kvant,
              "POST /login.xhtml HTTP/1.1\r\n"
                  + host()
                  + "\r\n"
                  + framing
                  + "\r\nConnection: close\r\n\r\n0\r\n\r\n"
                  + second);
      assertThat(Wire.statuses(answers)).as(framing).hasSize(1).first().isIn(400, 411);
    }
  }

  @Test
  void whatIsTooMuchIsRefusedBeforeItIsRead() throws Exception {
    String close = "Connection: close";
    String form = "Content-Type: application/x-www-form-urlencoded";
    assertThat(status("POST /login.xhtml HTTP/1.1", host(), form, "Content-Length: 3000000", close))
        .isEqualTo(413);
    assertThat(
            status(
                "POST /users.xhtml HTTP/1.1",
                host(),
                cookie(),
                form,
                "Content-Length: 99999999999",
                close))
        .isEqualTo(400);
    assertThat(
            status(
                "POST /meters-upload HTTP/1.1",
                host(),
                cookie(),
                "X-Kvant-Page: 1",
                "Content-Type: multipart/form-data; boundary=x",
                "Content-Length: 99999999",
                close))
        .isEqualTo(400);
    assertThat(status("GET /login.xhtml HTTP/1.1", host(), "X: " + "a".repeat(2_000_000), close))
        .isEqualTo(400);
    assertThat(status("GET /login.xhtml?" + "a".repeat(2_000_000) + " HTTP/1.1", host(), close))
        .isEqualTo(400);
    String many =
        IntStream.range(0, 500).mapToObj(i -> "X" + i + ": a").collect(Collectors.joining("\r\n"));
    assertThat(status("GET /login.xhtml HTTP/1.1", host(), many, close)).isEqualTo(400);
    String fields =
        IntStream.range(0, 3000).mapToObj(i -> "a" + i + "=1").collect(Collectors.joining("&"));
    assertThat(status("GET /login.xhtml?" + fields + " HTTP/1.1", host(), close)).isEqualTo(400);
    assertThat(new Visitor(kvant).ask("POST", "/login.xhtml", fields).status()).isEqualTo(400);
    assertThat(new Visitor(kvant).ask("POST", "/login.xhtml", "a=%zz").status()).isIn(200, 400);
  }

  @Test
  void aMultipartOfManyPartsOrFieldsIsRefused() throws Exception {
    for (String part :
        List.of(
            "Content-Disposition: form-data; name=\"a\"",
            "Content-Disposition: form-data; name=\"a\"; filename=\"a.csv\"")) {
      String body = ("--x\r\n" + part + "\r\n\r\n1\r\n").repeat(3000) + "--x--\r\n";
      Answer answer =
          admin.ask(
              "POST",
              "/meters-upload",
              body,
              "Content-Type",
              "multipart/form-data; boundary=x",
              "X-Kvant-Page",
              "1");
      assertThat(answer.status()).as(part).isIn(400, 413);
      assertNothingInside(answer);
    }
    // A name is only a name: what is sent as a file is nowhere but in a file of ours.
    String body =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../../../tmp/a.csv\"\r\n\r\nx\r\n--x--\r\n";
    Answer answer =
        admin.ask(
            "POST",
            "/meters-upload",
            body,
            "Content-Type",
            "multipart/form-data; boundary=x",
            "X-Kvant-Page",
            "1");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(java.nio.file.Path.of("/tmp/a.csv")).doesNotExist();
  }

  @Test
  void zerosAndControlsAreRefused() throws Exception {
    for (String address :
        List.of("/login.xhtml?a=%00", "/meters-file?text=a%00", "/audit.xhtml?%00=a")) {
      assertThat(admin.get(address).status()).as(address).isEqualTo(400);
    }
    Answer login = new Visitor(kvant).enter("admin\0", "x");
    assertThat(login.status()).isEqualTo(400);
    assertThat(
            status(
                "GET /login.xhtml HTTP/1.1", host(), "User-Agent: a\u0000b", "Connection: close"))
        .isEqualTo(400);
  }

  /** What lies in the war and is not for browsers, asked for in every spelling. */
  @Test
  void nothingInsideIsServed() throws Exception {
    List<String> asked = new ArrayList<>();
    for (String file : WAR.files()) {
      if ((file.startsWith("WEB-INF/") && !file.endsWith(".class"))
          || file.startsWith("META-INF/")) {
        asked.add(file);
      }
    }
    assertThat(asked).contains("WEB-INF/web.xml", "WEB-INF/office.xhtml", "WEB-INF/denied.xhtml");
    asked.add("WEB-INF/classes/org/kvantenergo/web/text_ru.properties");
    asked.add("WEB-INF/classes/org/kvantenergo/web/security/LoginPage.class");
    for (String file : asked) {
      for (String address :
          List.of(
              "/" + file,
              "/" + file.toLowerCase(Locale.ROOT),
              "//" + file,
              "/./" + file,
              "/%57EB-INF/" + file.substring(file.indexOf('/') + 1),
              "/..;/" + file,
              "/static/../" + file,
              "/static/..;/" + file,
              "/static/%2e%2e/" + file,
              "/static/..%2f" + file,
              "/static/..%5c" + file,
              "/static/%252e%252e/" + file,
              "/static/..%c0%af" + file,
              "/login.xhtml/../" + file,
              "/" + file.replaceFirst("/", ";x/"),
              "/" + file + "%00.css",
              "/jakarta.faces.resource/"
                  + file.substring(file.indexOf('/') + 1)
                  + ".xhtml?ln=../WEB-INF",
              "/jakarta.faces.resource/..%2f" + file + ".xhtml")) {
        for (String who : List.of("X: anybody", cookie())) {
          String answer =
              Wire.head(kvant, "GET " + address + " HTTP/1.1", host(), who, "Connection: close");
          assertThat(Wire.statuses(answer)).as(address).hasSize(1).first().isIn(302, 400, 404);
          assertThat(answer)
              .as(address)
              .doesNotContain("<ui:", "<web-app", "xmlns:h=", "<beans", "\u00ca\u00fe\u00ba\u00be");
        }
      }
    }
  }

  @Test
  void pagesAreOpenedByTheirOwnNamesOnly() throws Exception {
    for (String address :
        List.of(
            "/users.jsf",
            "/faces/users.xhtml",
            "/users",
            "/users.xhtml/",
            "/users.xhtml/x",
            "/USERS.XHTML",
            "/users.xhtml%00",
            "/static/users.xhtml",
            "/static/../users.xhtml/..")) {
      assertThat(
              Wire.head(
                  kvant, "GET " + address + " HTTP/1.1", host(), cookie(), "Connection: close"))
          .as(address)
          .doesNotContain("id=\"users\"");
    }
    // However it is spelled, it asks who comes.
    for (String address :
        List.of(
            "//users.xhtml",
            "/./users.xhtml",
            "/users.xhtml;x=/login.xhtml",
            "/login.xhtml/../users.xhtml",
            "/static/../users.xhtml",
            "/static/;/../users.xhtml",
            "/%75sers.xhtml",
            "/users%2exhtml",
            "/login.xhtml;/../users.xhtml",
            "/language/../users.xhtml",
            "/metrics/..;/users.xhtml")) {
      String answer = Wire.head(kvant, "GET " + address + " HTTP/1.1", host(), "Connection: close");
      assertThat(Wire.statuses(answer)).as(address).hasSize(1).first().isIn(302, 404);
      assertThat(answer).as(address).doesNotContain("id=\"users\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.git/config",
        "/.git/HEAD",
        "/.svn/entries",
        "/.env",
        "/.htaccess",
        "/static/.DS_Store",
        "/static/app.css.map",
        "/static/monitoring.js.map",
        "/static/app.css~",
        "/static/app.css.bak",
        "/static/app.css.orig",
        "/static/.app.css.swp",
        "/users.xhtml.bak",
        "/users.xhtml~",
        "/web.xml",
        "/pom.xml",
        "/kvant.ear",
        "/backup.zip",
        "/static/",
        "/static/fonts/",
        "/jakarta.faces.resource/",
        "/console",
        "/management",
        "/health",
        "/wildfly-services",
        "/openapi",
        "/swagger-ui",
        "/actuator",
        "/server-status",
        "/phpinfo.php",
        "/admin",
        "/noconsole.html",
        "/error"
      })
  void whatIsNotThereIsNotThere(String address) throws Exception {
    Answer stranger = new Visitor(kvant).get(address);
    assertThat(stranger.status()).isIn(302, 404);
    if (stranger.status() == 302) {
      assertThat(stranger.header("Location")).isIn("/login.xhtml", "/noconsole.html");
    }
    Answer known = admin.get(address);
    if (!address.equals("/console")) {
      assertThat(known.status()).isEqualTo(404);
    }
    assertNothingInside(known);
  }

  @Test
  void everyFileIsServedAsWhatItIs() throws Exception {
    Map<String, String> types =
        Map.of(
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "png", "image/png",
            "svg", "image/svg+xml;charset=utf-8",
            "txt", "text/plain;charset=utf-8",
            "woff2", "application/font-woff2",
            "xsd", "application/xml");
    Map<String, String> served = new TreeMap<>();
    Map<String, String> expected = new TreeMap<>();
    for (String file : WAR.files()) {
      if (!file.startsWith("WEB-INF/")
          && !file.startsWith("META-INF/")
          && !file.endsWith(".xhtml")) {
        assertThat(file).as("nothing else lies beside the pages").startsWith("static/");
        Answer answer = new Visitor(kvant).get("/" + file);
        assertThat(answer.status()).as(file).isEqualTo(200);
        assertCareful(answer, file);
        served.put(file, type(answer));
        expected.put(file, types.get(file.substring(file.lastIndexOf('.') + 1)));
      }
    }
    assertThat(served).isEqualTo(expected).hasSizeGreaterThan(10);
    String page = admin.get("/monitoring.xhtml").body();
    List<String> resources =
        new Answer(200, null, page).all("(?:src|href)=\"(/jakarta\\.faces\\.resource/[^\"]+)\"");
    assertThat(resources).hasSizeGreaterThan(3);
    for (String resource : resources) {
      Answer answer = new Visitor(kvant).get(resource.replace("&amp;", "&"));
      assertThat(type(answer))
          .as(resource)
          .isIn("text/javascript;charset=utf-8", "text/css;charset=utf-8");
      assertCareful(answer, resource);
    }
  }

  @Test
  void everyPageIsForThisBrowserAndThisMomentOnly() throws Exception {
    for (String page : WAR.pages()) {
      for (Answer answer : List.of(admin.get("/" + page), new Visitor(kvant).get("/" + page))) {
        if (answer.status() != 302) {
          assertThat(type(answer)).as(page).isEqualTo("text/html;charset=utf-8");
          assertCareful(answer, page);
        }
        assertThat(answer.header("Cache-Control")).as(page).contains("no-store");
      }
    }
    Answer csv = admin.get("/audit.csv");
    assertThat(type(csv)).isEqualTo("text/csv;charset=utf-8");
    assertThat(csv.header("Content-Disposition")).isEqualTo("attachment; filename=\"audit.csv\"");
    assertThat(csv.header("Cache-Control")).contains("no-store");
    Answer list = admin.get("/meters-file?format=csv");
    assertThat(type(list)).isEqualTo("text/csv;charset=utf-8");
    assertThat(list.header("Content-Disposition")).startsWith("attachment; filename=\"");
    assertCareful(list, "meters-file");
  }

  @Test
  void errorsSayNothingOfWhatIsInside() throws Exception {
    Answer missing = admin.get("/there-is-none.xhtml");
    assertThat(missing.title()).isEqualTo("Такой страницы нет");
    List<Answer> answers =
        List.of(
            missing,
            admin.get("/custody.xhtml?device=1&record=1"),
            admin.post("/users.xhtml", Map.of(Visitor.VIEW_STATE, "1")),
            admin.post("/users.xhtml", Map.of(Visitor.VIEW_STATE, "rO0ABXNyAA==")),
            admin.get("/users.xhtml?jakarta.faces.ViewState=1"),
            admin.post("/meters-upload", Map.of("a", "b")),
            admin.get("/meters-file?format=%3Cscript%3E&text=%3Cscript%3E"),
            admin.get("/meterlist.xhtml?id=x&from=y"),
            admin.get("/audit.xhtml?page=x&from=y&action=z"),
            new Visitor(kvant).get("/WEB-INF/web.xml"));
    for (Answer answer : answers) {
      assertNothingInside(answer);
      for (String header : List.of("Server", "X-Powered-By", "X-AspNet-Version", "Via")) {
        assertThat(answer.header(header)).as(header).isEmpty();
      }
    }
    assertThat(new Visitor(kvant).get("/login.xhtml").header("Server")).isEmpty();
  }

  @Test
  void passwordFieldsSayWhatTheyAreFor() throws Exception {
    int seen = 0;
    for (String page : WAR.pages()) {
      for (Answer answer : List.of(admin.get("/" + page), new Visitor(kvant).get("/" + page))) {
        for (String field : answer.all("(<input[^>]*type=\"password\"[^>]*>)")) {
          seen++;
          assertThat(field)
              .containsPattern("autocomplete=\"(current-password|new-password|one-time-code)\"")
              .doesNotContain("onpaste");
        }
      }
    }
    assertThat(seen).isGreaterThanOrEqualTo(4);
  }

  private static void assertCareful(Answer answer, String what) {
    assertThat(answer.header("X-Content-Type-Options")).as(what).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).as(what).isNotEmpty();
    assertThat(answer.header("Content-Security-Policy"))
        .as(what)
        .contains("object-src 'none'", "base-uri", "frame-ancestors 'none'", "default-src ");
    assertThat(answer.header("Access-Control-Allow-Origin")).as(what).isEmpty();
  }

  private static void assertNothingInside(Answer answer) {
    // PrimeFaces' script is told which exception has which page; nobody's data are in it.
    assertThat(answer.body().replaceAll("errorPages:\\{[^}]*}", ""))
        .doesNotContain("Exception", "org.kvantenergo", "jakarta.servlet", "at java.")
        .doesNotContainIgnoringCase("undertow")
        .doesNotContainIgnoringCase("wildfly")
        .doesNotContainIgnoringCase("postgres");
  }

  private static String type(Answer answer) {
    return answer.header("Content-Type").replace(" ", "").toLowerCase(Locale.ROOT);
  }

  private static int status(String... head) throws Exception {
    List<Integer> statuses = Wire.statuses(Wire.head(kvant, head));
    assertThat(statuses).as(head[0].substring(0, Math.min(60, head[0].length()))).hasSize(1);
    return statuses.get(0);
  }

  private static String host() {
    return "Host: " + kvant.url().replaceFirst("https?://", "");
  }

  private static String cookie() {
    return "Cookie: " + admin.cookieHeader();
  }
}
