package org.kvantenergo.web.push;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefreshGateTest {

  private static final int PLACES = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private final RefreshGate gate = new RefreshGate();
  private final List<String> drawn = new ArrayList<>();

  private static HttpServletRequest request(String method, String refresh) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            RefreshGateTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, called, arguments) ->
                switch (called.getName()) {
                  case "getMethod" -> method;
                  case "getParameter" -> refresh;
                  default -> throw new UnsupportedOperationException(called.getName());
                });
  }

  private static HttpServletResponse response(StringWriter text) {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            RefreshGateTest.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals("setHeader")) {
                text.append(arguments[0] + ": " + arguments[1] + "\n");
              }
              return called.getName().equals("getWriter") ? new PrintWriter(text, true) : null;
            });
  }

  /** What is answered; while it is drawn something else is done. */
  private String ask(String method, String refresh, String name, Inside inside) throws Exception {
    StringWriter text = new StringWriter();
    gate.doFilter(
        request(method, refresh),
        response(text),
        (a, b) -> {
          drawn.add(name);
          inside.act();
        });
    return text.toString();
  }

  private interface Inside {
    void act() throws IOException, ServletException;
  }

  private void fill(int places, Inside inside) throws Exception {
    if (places == 0) {
      inside.act();
      return;
    }
    ask("POST", "1", "page", () -> unchecked(() -> fill(places - 1, inside)));
  }

  private interface Work {
    void act() throws Exception;
  }

  private static void unchecked(Work work) throws ServletException {
    try {
      work.act();
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  @Test
  void pagesWaitForEachOtherAndPeopleForNobody() throws Exception {
    fill(
        PLACES,
        () ->
            unchecked(
                () -> {
                  assertThat(ask("POST", "1", "late", () -> {}))
                      .startsWith("X-Kvant-Busy: true\n")
                      .endsWith("<partial-response><changes></changes></partial-response>");
                  assertThat(ask("POST", null, "person", () -> {})).isEmpty();
                  assertThat(ask("GET", "1", "link", () -> {})).isEmpty();
                }));
    assertThat(drawn).hasSize(PLACES + 2).contains("person", "link").doesNotContain("late");
    assertThat(ask("POST", "1", "afterwards", () -> {})).isEmpty();
    assertThat(drawn).contains("afterwards");
  }

  @Test
  void whatBreaksLeavesItsPlace() throws Exception {
    for (int i = 0; i <= PLACES; i++) {
      try {
        ask(
            "POST",
            "1",
            "broken",
            () -> {
              throw new IOException("gone");
            });
      } catch (IOException e) {
        assertThat(e).hasMessage("gone");
      }
    }
    assertThat(drawn).hasSize(PLACES + 1);
  }
}
