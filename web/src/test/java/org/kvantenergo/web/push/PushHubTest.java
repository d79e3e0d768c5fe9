package org.kvantenergo.web.push;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
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
  private static final String NEWS = "{\"at\":\"1:00:00\"}\n[RSSI] 7";
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

  private Map<Object, Viewer> looking(Set<?> tokens) {
    if (away) {
      throw new DatabaseException("looking", new SQLException("away"));
    }
    return tokens.stream()
        .filter(token -> !over.contains(token))
        .collect(Collectors.toMap(token -> token, token -> VIEWER));
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
              if (deaf) {
                throw new IllegalStateException("the one before is still on its way");
              }
              told.add((String) arguments[0]);
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
    hub.shows(session, new PushHub.Shown(Set.of(shown), Set.of("RSSI")));
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
  void whoDidNotHearIsToldAgain() {
    List<String> told = open(SHOWN);
    second();
    told.clear();
    deaf = true;
    stored(SHOWN);
    second();
    second();
    deaf = false;
    second();
    assertThat(told).hasSize(1).first().asString().endsWith("\n[RSSI] 7");
    second();
    second();
    assertThat(told.stream().filter(text -> text.contains("7"))).hasSize(1);
  }

  @Test
  void whatCouldNotBeReadComesLater() {
    List<String> told = open(SHOWN);
    second();
    told.clear();
    stored(SHOWN);
    blocked = true;
    second();
    assertThat(told).containsExactly("{\"unread\":true}");
    blocked = false;
    second();
    assertThat(told).hasSize(2).last().asString().endsWith("\n[RSSI] 7");
  }

  @Test
  void whileTheDatabaseIsAwayThePageHearsThatItIsConnected() {
    List<String> told = open(SHOWN);
    second();
    told.clear();
    stored(SHOWN);
    away = true;
    second();
    assertThat(told).containsExactly("{}");
    assertThat(closed).isEmpty();
    away = false;
    second();
    assertThat(told).hasSize(2).last().asString().endsWith("\n[RSSI] 7");
  }

  @Test
  void newsFromBeforeThePageSaidWhatItShowsAreTold() {
    open(ELSEWHERE);
    stored(SHOWN);
    second();
    List<String> told = open(SHOWN);
    second();
    assertThat(told).hasSize(1).first().asString().endsWith("\n[RSSI] 7");
  }

  @Test
  void whoAsksForAllHasItAtOnceAndOnce() {
    List<String> told = new ArrayList<>();
    Session session = session(told);
    open(session, "token", SHOWN);
    second();
    second();
    told.clear();
    for (int i = 1; i <= PushHub.PARTS; i++) {
      hub.again(session);
      hub.tell();
      assertThat(told).hasSize(i).last().isEqualTo("{}\n[RSSI] 7");
    }
    second();
    assertThat(told).hasSize(PushHub.PARTS);
  }

  @Test
  void whoseSessionIsOverIsShownOut() {
    List<String> told = new ArrayList<>();
    open(session(told), "other", SHOWN);
    List<String> kept = open(SHOWN);
    over.add("other");
    stored(SHOWN);
    second();
    assertThat(told).isEmpty();
    assertThat(closed).containsExactly(PushHub.OVER);
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
