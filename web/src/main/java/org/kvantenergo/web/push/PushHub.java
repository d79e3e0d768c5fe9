package org.kvantenergo.web.push;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.event.Event;
import org.kvantenergo.event.EventMessage;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.web.WebLog;

/**
 * Gathers events for at most a second and tells every browser which of its devices are concerned:
 * of those that it shows, if it says which these are, since a page of eighty rows need not ask
 * again for each packet of a fleet. Says something at least each {@value #BEAT_SECONDS} s, so that
 * a browser knows when it hears nothing any more. Safe for any thread.
 */
@ApplicationScoped
public class PushHub {

  private static final int BEAT_SECONDS = 3;

  /** More than a page can show: then it simply asks for what it shows. */
  private static final int MOST_NAMED = 500;

  /** Of how many it is asked who sees them; of more, everybody is told to ask. */
  private static final int MOST_ASKED = 1000;

  /** A page says what it shows after it was loaded: news in between would be lost on it. */
  private static final int REMEMBERED = 10;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm:ss", Locale.ROOT);

  @Inject private DeviceDirectory directory;

  private final Map<Session, Browser> browsers = new ConcurrentHashMap<>();
  private final Map<Boolean, Set<DeviceId>> waiting = new HashMap<>();
  private final Deque<Set<DeviceId>> before = new ArrayDeque<>();
  private Instant lastPacket;
  private int beats;

  /**
   * A page somewhere.
   *
   * @param viewer who has it open
   * @param shown what it shows; null if it did not say: then it hears of everything
   * @param late whether it said so only now
   */
  private record Browser(Viewer viewer, Set<DeviceId> shown, boolean late) {
    Browser heard() {
      return late ? new Browser(viewer, shown, false) : this;
    }
  }

  /**
   * What there is to tell.
   *
   * @param devices with news
   * @param earlier with news of the seconds before, these included; empty if nobody says only now
   *     what is shown
   * @param at when the newest packet came; null if there are none among the news
   */
  private record News(Set<DeviceId> devices, Set<DeviceId> earlier, Instant at) {
    Set<DeviceId> of(Browser browser) {
      Set<DeviceId> told = new HashSet<>(browser.late ? earlier : devices);
      told.retainAll(browser.shown);
      return told;
    }
  }

  /** A browser listens from now on. */
  void opened(Session session, Viewer viewer) {
    browsers.put(session, new Browser(viewer, null, false));
  }

  /** A browser says which devices it shows. */
  void shows(Session session, Set<DeviceId> shown) {
    browsers.computeIfPresent(session, (key, b) -> new Browser(b.viewer, Set.copyOf(shown), true));
  }

  /** A browser is gone. */
  void closed(Session session) {
    browsers.remove(session);
  }

  /** Something happened. */
  synchronized void happened(EventMessage message) {
    if (browsers.isEmpty()) {
      return;
    }
    Event event = message.event();
    boolean packet = event instanceof Event.ReadingsStored;
    if (packet) {
      lastPacket = message.at();
    }
    waiting.computeIfAbsent(packet, key -> new HashSet<>()).addAll(event.devices());
  }

  private synchronized News gathered() {
    Set<DeviceId> devices =
        waiting.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    before.addLast(devices);
    if (before.size() > REMEMBERED) {
      before.removeFirst();
    }
    Instant at = waiting.containsKey(true) ? lastPacket : null;
    waiting.clear();
    boolean late = browsers.values().stream().anyMatch(Browser::late);
    Stream<Set<DeviceId>> earlier = late ? before.stream() : Stream.of();
    return new News(devices, earlier.flatMap(Set::stream).collect(Collectors.toSet()), at);
  }

  /** Tells what has gathered; once a second. */
  void tell() {
    News news = gathered();
    beats = (beats + 1) % BEAT_SECONDS;
    if (news.devices.isEmpty() && beats != 0 && news.earlier.isEmpty()) {
      return;
    }
    Map<Scope, Set<DeviceId>> asked = new HashMap<>();
    Set<DeviceId> some =
        news.devices.stream().limit(MOST_ASKED).collect(Collectors.toUnmodifiableSet());
    browsers
        .values()
        .forEach(
            browser -> {
              Set<DeviceId> own =
                  asked.computeIfAbsent(browser.viewer.scope(), s -> new HashSet<>(some));
              if (browser.shown != null) {
                own.addAll(news.of(browser));
              }
            });
    Map<Scope, Sight> seen = new HashMap<>();
    asked.forEach((scope, devices) -> seen.put(scope, Sight.of(visible(scope, devices), news)));
    browsers.replaceAll(
        (session, browser) ->
            told(session, browser, news, seen.getOrDefault(browser.viewer.scope(), Sight.NONE)));
  }

  /**
   * What a scope sees of the news; the same for all who share it.
   *
   * @param visible of the devices that were asked for
   * @param concerned whether any of the news is among them
   */
  private record Sight(Set<DeviceId> visible, boolean concerned) {
    static final Sight NONE = new Sight(Set.of(), false);

    static Sight of(Set<DeviceId> visible, News news) {
      return new Sight(visible, news.devices.stream().anyMatch(visible::contains));
    }
  }

  private Browser told(Session session, Browser browser, News news, Sight sight) {
    boolean more = news.devices.size() > MOST_ASKED;
    Set<DeviceId> own = new HashSet<>(browser.shown == null ? news.devices : news.of(browser));
    own.retainAll(sight.visible);
    boolean all = browser.shown == null && (more || own.size() > MOST_NAMED);
    Instant at = sight.concerned ? news.at : null;
    boolean any = more || sight.concerned || !own.isEmpty();
    send(session, any ? nudge(all, own, at, browser.viewer) : "{}");
    return browser.heard();
  }

  /** None when the database does not say: the beat goes on, the next nudge says it again. */
  private Set<DeviceId> visible(Scope scope, Set<DeviceId> devices) {
    if (devices.isEmpty()) {
      return Set.of();
    }
    try {
      return directory.visible(scope, devices);
    } catch (DatabaseException e) {
      WebLog.PUSH_FAILED.say(e);
      return Set.of();
    }
  }

  private static String nudge(boolean all, Set<DeviceId> devices, Instant at, Viewer viewer) {
    String time = at == null ? "" : TIME.format(at.atZone(viewer.zone()));
    String ids =
        all
            ? ""
            : devices.stream().map(d -> String.valueOf(d.value())).collect(Collectors.joining(","));
    return "{\"at\":\"%s\",\"all\":%b,\"devices\":[%s]}".formatted(time, all, ids);
  }

  /** A browser that does not listen loses the nudge; the next one says the same and more. */
  private void send(Session session, String text) {
    if (!session.isOpen()) {
      browsers.remove(session);
      return;
    }
    try {
      session.getAsyncRemote().sendText(text);
    } catch (IllegalStateException e) {
      // The one before is still on its way.
    }
  }
}
