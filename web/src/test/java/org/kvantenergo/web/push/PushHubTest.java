package org.kvantenergo.web.push;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.kvantenergo.account.Sessions;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.event.Event;
import org.kvantenergo.event.EventMessage;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;

class PushHubTest {

  private static final DeviceId SHOWN = new DeviceId(7);
  private static final DeviceId FOREIGN = new DeviceId(8);
  private static final DeviceId ELSEWHERE = new DeviceId(9);
  private static final String ROW = "\n[RSSI] 7";
  private static final String NEWS = "{\"at\":\"1:00:00\"}" + ROW;
  private static final Instant PACKET = Instant.parse("2026-01-01T01:00:00Z");

  private static final Viewer VIEWER =
      new Viewer(
          1,
          "p",
          "P",
          new Scope(new OrganisationId(1), false),
          Set.of(Permission.READ_DEVICES),
          Locale.ROOT,
          ZoneOffset.UTC,
          false,
          false,
          false);

  /** Sees all devices but one; a row is drawn as its id. */
  private final PushHub hub =
      new PushHub(
          fake(
              DeviceDirectory.class,
              (proxy, called, arguments) -> seen((Collection<?>) arguments[1])),
          fake(Sessions.class, (proxy, called, arguments) -> looking((Set<?>) arguments[0])),
          wanted -> wanted.stream().map(this::table).toList());

  private final List<SendHandler> taken = new ArrayList<>();
  private final Set<String> over = new HashSet<>();
  private final List<Integer> closed = new ArrayList<>();
  private boolean away;
  private boolean blocked;
  private boolean deaf;

  private static Set<Object> seen(Collection<?> devices) {
    Set<Object> seen = new HashSet<>(devices);
    seen.remove(FOREIGN);
    return seen;
  }

  private Map<Object, Sessions.Watching> looking(Set<?> tokens) {
    if (away) {
      throw new DatabaseException("looking", new SQLException("away"));
    }
    if (tokens.contains("odd")) {
      throw new IllegalStateException("something is wrong with that one");
    }
    return tokens.stream()
        .filter(token -> !over.contains(token))
        .collect(
            Collectors.toMap(
                token -> token, token -> new Sessions.Watching(VIEWER, !token.equals("shut"))));
  }

  private String table(LiveRows.Wanted wanted) {
    if (blocked) {
      throw new DatabaseException("drawing", new SQLException("away"));
    }
    return seen(wanted.devices()).stream()
        .map(device -> wanted.columns() + " " + ((DeviceId) device).value())
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            PushHubTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) ->
                switch (called.getName()) {
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> handler.invoke(proxy, called, arguments);
                }));
  }

  private Session session(List<String> told) {
    RemoteEndpoint.Async remote =
        fake(
            RemoteEndpoint.Async.class,
            (proxy, called, arguments) -> {
              told.add((String) arguments[0]);
              if (deaf) {
                taken.add((SendHandler) arguments[1]);
              } else {
                ((SendHandler) arguments[1]).onResult(new SendResult());
              }
              return null;
            });
    return fake(
        Session.class,
        (proxy, called, arguments) ->
            switch (called.getName()) {
              case "isOpen" -> true;
              case "close" -> closed.add(((CloseReason) arguments[0]).getCloseCode().getCode());
              default -> remote;
            });
  }

  /** A page that shows one device; what it is told lands in the list. */
  private List<String> open(DeviceId shown) {
    List<String> told = new ArrayList<>();
    open(session(told), "token", shown);
    return told;
  }

  private void open(Session session, String token, DeviceId shown) {
    hub.opened(session, token);
    hub.shows(session, new Browser.Shown(Set.of(shown), Set.of("RSSI")));
  }

  private void stored(DeviceId... devices) {
    hub.happened(new EventMessage(1, PACKET, new Event.ReadingsStored(List.of(devices))));
  }

  private void second() {
    for (int i = 0; i < PushHub.PARTS; i++) {
      hub.tell();
    }
  }

  @Test
  void aPageHasTheRowsThatItShowsAndMaySeeOnceASecond() {
    List<List<String>> pages = new ArrayList<>();
    for (int i = 0; i < PushHub.PARTS; i++) {
      pages.add(open(SHOWN));
    }
    List<String> other = open(FOREIGN);
    second();
    pages.forEach(List::clear);
    other.clear();
    stored(SHOWN, FOREIGN);
    hub.tell();
    assertThat(pages.stream().filter(told -> !told.isEmpty())).hasSize(1);
    stored(SHOWN, ELSEWHERE);
    hub.tell();
    hub.tell();
    hub.tell();
    assertThat(pages).containsOnly(List.of(NEWS));
    // The first of them has not heard of the second packet yet.
    second();
    assertThat(pages.stream().filter(told -> told.equals(List.of(NEWS, NEWS)))).hasSize(1);
    assertThat(other).isNotEmpty().noneMatch(told -> told.contains("8"));
  }

  @Test
  void aPageThatSaysNothingIsToldWhoHasNews() {
    List<String> told = new ArrayList<>();
    hub.opened(session(told), "token");
    stored(SHOWN, FOREIGN);
    second();
    assertThat(told).containsExactly("{\"at\":\"1:00:00\",\"all\":false,\"devices\":[7]}");
  }

  @Test
  void nothingIsSentOnTopOfWhatIsUnderWay() {
    List<String> told = open(SHOWN);
    second();
    told.clear();
    deaf = true;
    stored(SHOWN);
    second();
    assertThat(told).containsExactly(NEWS);
    for (int i = 0; i < 5; i++) {
      stored(SHOWN);
      second();
    }
    assertThat(told).hasSize(1);
    deaf = false;
    taken.remove(0).onResult(new SendResult());
    second();
    assertThat(told).as("what it missed, once").hasSize(2).last().asString().endsWith(ROW);
    second();
    second();
    assertThat(told.stream().filter(text -> text.contains("7"))).hasSize(2);
    assertThat(closed).isEmpty();
  }

  @Test
  void whoTakesNothingForTenSecondsIsShownOut() {
    List<String> told = open(SHOWN);
    second();
    told.clear();
    deaf = true;
    stored(SHOWN);
    for (int i = 0; i < 10; i++) {
      second();
    }
    assertThat(closed).isEmpty();
    second();
    second();
    assertThat(closed).containsExactly(CloseReason.CloseCodes.TRY_AGAIN_LATER.getCode());
    assertThat(told).containsExactly(NEWS);
  }

  @Test
  void whatCouldNotBeReadComesLater() {
    List<String> told = open(SHOWN);
    List<String> plain = new ArrayList<>();
    hub.opened(session(plain), "token");
    second();
    for (Runnable failing : List.<Runnable>of(() -> blocked = true, () -> away = true)) {
      told.clear();
      plain.clear();
      stored(SHOWN);
      failing.run();
      second();
      assertThat(told).containsExactly("{\"unread\":true}");
      for (int i = 0; i < 15; i++) {
        second();
      }
      blocked = false;
      away = false;
      second();
      assertThat(told).last().asString().endsWith(ROW);
      assertThat(closed).isEmpty();
    }
    assertThat(plain)
        .as("a page without rows knows that it may have missed something")
        .last()
        .isEqualTo("{\"at\":\"\",\"all\":true,\"devices\":[]}");
  }

  @Test
  void oneThatCannotBeToldHoldsUpNobody() {
    List<String> odd = new ArrayList<>();
    open(session(odd), "odd", SHOWN);
    List<List<String>> others = new ArrayList<>();
    for (int i = 0; i < PushHub.PARTS; i++) {
      others.add(open(SHOWN));
    }
    second();
    others.forEach(List::clear);
    stored(SHOWN);
    second();
    assertThat(others).allSatisfy(told -> assertThat(told).containsExactly(NEWS));
    assertThat(odd).isNotEmpty().noneMatch(told -> told.contains(ROW));
  }

  @Test
  void newsFromBeforeThePageSaidWhatItShowsAreTold() {
    stored(SHOWN);
    second();
    List<String> told = open(SHOWN);
    second();
    assertThat(told).hasSize(1).first().asString().endsWith(ROW);
  }

  @Test
  void whoAsksForAllHasItAtOnceAndOnce() {
    List<String> told = new ArrayList<>();
    Session session = session(told);
    open(session, "token", SHOWN);
    second();
    second();
    told.clear();
    hub.again(session);
    hub.tell();
    assertThat(told).containsExactly("{}" + ROW);
    for (int i = 0; i < 5; i++) {
      hub.again(session);
      second();
    }
    assertThat(told).as("once a second, however often it asks").hasSizeBetween(5, 6);
  }

  @Test
  void whenAllComeBackAtOnceSomeWait() {
    Set<DeviceId> many =
        LongStream.range(1000, 1200).mapToObj(DeviceId::new).collect(Collectors.toSet());
    List<List<String>> pages = new ArrayList<>();
    List<Session> all = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      List<String> told = new ArrayList<>();
      pages.add(told);
      Session session = session(told);
      hub.opened(session, "token");
      hub.shows(session, new Browser.Shown(many, Set.of("RSSI")));
      all.add(session);
    }
    second();
    second();
    all.forEach(hub::again);
    pages.forEach(List::clear);
    hub.tell();
    assertThat(pages.stream().filter(told -> told.stream().anyMatch(t -> t.contains("1100"))))
        .hasSize(20);
    hub.tell();
    assertThat(pages).allSatisfy(told -> assertThat(told).anyMatch(t -> t.contains("1100")));
  }

  @Test
  void whoseSessionIsOverIsShownOut() {
    List<String> told = new ArrayList<>();
    open(session(told), "other", SHOWN);
    List<String> kept = open(SHOWN);
    over.add("other");
    List<String> shut = new ArrayList<>();
    hub.opened(session(shut), "shut");
    second();
    second();
    second();
    assertThat(shut).as("what shows no rows needs no mode").isNotEmpty();
    assertThat(closed).containsExactly(PushHub.OVER);
    open(session(shut), "shut", SHOWN);
    shut.clear();
    kept.clear();
    stored(SHOWN);
    second();
    assertThat(told).isEmpty();
    assertThat(closed).containsExactly(PushHub.OVER, PushHub.OVER);
    assertThat(kept).hasSize(1);
  }

  @Test
  void aBeatComesEveryThreeSeconds() {
    List<String> told = open(SHOWN);
    for (int i = 0; i < 9; i++) {
      second();
    }
    assertThat(told).containsExactly("{}", "{}", "{}");
  }
}
