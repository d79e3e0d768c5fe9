package org.kvantenergo.web.push;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.event.Event;
import org.kvantenergo.event.EventMessage;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Scope;

class PushHubTest {

  private static final DeviceId SHOWN = new DeviceId(7);
  private static final DeviceId FOREIGN = new DeviceId(8);
  private static final DeviceId ELSEWHERE = new DeviceId(9);
  private static final String NUDGE = "{\"at\":\"1:00:00\",\"all\":false,\"devices\":[7]}";
  private static final Instant PACKET = Instant.parse("2026-01-01T01:00:00Z");

  private static final Viewer VIEWER =
      new Viewer(
          1,
          "p",
          "P",
          new Scope(new OrganisationId(1), false),
          Set.of(),
          Locale.ROOT,
          ZoneOffset.UTC,
          false,
          false,
          false);

  /** Sees all devices but one. */
  private final PushHub hub =
      new PushHub(
          fake(
              DeviceDirectory.class,
              (proxy, called, arguments) -> {
                Set<Object> seen = new HashSet<>((Collection<?>) arguments[1]);
                seen.remove(FOREIGN);
                return seen;
              }));

  private boolean blocked;

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

  /** A page that shows one device; what it is told lands in the list. */
  private List<String> open(DeviceId shown) {
    List<String> told = new ArrayList<>();
    RemoteEndpoint.Async remote =
        fake(
            RemoteEndpoint.Async.class,
            (proxy, called, arguments) -> {
              if (blocked) {
                throw new IllegalStateException("the one before is still on its way");
              }
              told.add((String) arguments[0]);
              return null;
            });
    Session session =
        fake(
            Session.class,
            (proxy, called, arguments) -> called.getName().equals("isOpen") ? true : remote);
    hub.opened(session, VIEWER);
    hub.shows(session, Set.of(shown));
    return told;
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
  void aPageIsToldOnceASecondOfWhatItShowsAndMaySee() {
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
    assertThat(pages).containsOnly(List.of(NUDGE));
    // The first of them has not heard of the second packet yet.
    second();
    assertThat(pages.stream().filter(told -> told.equals(List.of(NUDGE, NUDGE)))).hasSize(1);
    assertThat(other).isNotEmpty().noneMatch(told -> told.contains("8"));
  }

  @Test
  void whoDidNotHearIsToldAgain() {
    List<String> told = open(SHOWN);
    second();
    told.clear();
    blocked = true;
    stored(SHOWN);
    second();
    second();
    blocked = false;
    second();
    assertThat(told).hasSize(1).first().asString().endsWith("\"devices\":[7]}");
    second();
    second();
    assertThat(told.stream().filter(text -> text.contains("7"))).hasSize(1);
  }

  @Test
  void newsFromBeforeThePageSaidWhatItShowsAreTold() {
    open(ELSEWHERE);
    stored(SHOWN);
    second();
    List<String> told = open(SHOWN);
    second();
    assertThat(told).hasSize(1).first().asString().endsWith("\"devices\":[7]}");
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
