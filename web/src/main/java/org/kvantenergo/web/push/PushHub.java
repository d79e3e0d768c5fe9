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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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
 * again for each packet of a fleet. Each browser has a part of the second to be told in, so that
 * not all of them ask at once. Says something at least each {@value #BEAT_SECONDS} s, so that a
 * browser knows when it hears nothing any more. Safe for any thread.
 */
@ApplicationScoped
public class PushHub {

  /** Parts of a second. */
  static final int PARTS = 4;

  private static final int BEAT_SECONDS = 3;

  /** More than a page can show: then it simply asks for what it shows. */
  private static final int MOST_NAMED = 500;

  /** Of how many it is asked who sees them; of more, everybody is told to ask. */
  private static final int MOST_ASKED = 1000;

  /** A page says what it shows after it was loaded: news of ten seconds would be lost on it. */
  private static final int REMEMBERED = 10 * PARTS;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm:ss", Locale.ROOT);

  private final DeviceDirectory directory;
  private final Map<Session, Browser> browsers = new ConcurrentHashMap<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final Deque<Gathered> before = new ArrayDeque<>();
  private Set<DeviceId> waiting = new HashSet<>();
  private boolean packets;
  private Instant lastPacket;
  private int part;

  @Inject
  public PushHub(DeviceDirectory directory) {
    this.directory = directory;
  }

  /** For the proxies of CDI. */
  protected PushHub() {
    this(null);
  }

  /**
   * A page somewhere.
   *
   * @param viewer who has it open
   * @param part of the second in which it is told, from 0
   * @param shown what it shows; null if it did not say: then it hears of everything
   * @param late whether it said so only now, or missed what it was told last
   */
  private record Browser(Viewer viewer, int part, Set<DeviceId> shown, boolean late) {
    Browser told(boolean heard) {
      return shown == null ? this : new Browser(viewer, part, shown, !heard);
    }
  }

  /**
   * What a part of a second brought.
   *
   * @param devices with news
   * @param packets whether any of the news is a packet
   */
  private record Gathered(Set<DeviceId> devices, boolean packets) {}

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
      Set<DeviceId> all = browser.late ? earlier : devices;
      return browser.shown.stream().filter(all::contains).collect(Collectors.toSet());
    }
  }

  /** A browser listens from now on. */
  void opened(Session session, Viewer viewer) {
    int own = Math.floorMod(opened.getAndIncrement(), PARTS);
    browsers.put(session, new Browser(viewer, own, null, false));
  }

  /** A browser says which devices it shows. */
  void shows(Session session, Set<DeviceId> shown) {
    browsers.computeIfPresent(
        session, (key, b) -> new Browser(b.viewer, b.part, Set.copyOf(shown), true));
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
    waiting.addAll(event.devices());
    if (event instanceof Event.ReadingsStored) {
      packets = true;
      lastPacket = message.at();
    }
  }

  private synchronized News gathered(boolean late) {
    before.addFirst(new Gathered(waiting, packets));
    if (before.size() > REMEMBERED) {
      before.removeLast();
    }
    waiting = new HashSet<>();
    packets = false;
    List<Gathered> second = before.stream().limit(PARTS).toList();
    boolean any = second.stream().anyMatch(Gathered::packets);
    return new News(
        devices(second.stream()),
        devices(late ? before.stream() : Stream.of()),
        any ? lastPacket : null);
  }

  private static Set<DeviceId> devices(Stream<Gathered> parts) {
    return parts.flatMap(p -> p.devices.stream()).collect(Collectors.toSet());
  }

  /** Tells those whose turn it is what has gathered; {@value #PARTS} times a second. */
  void tell() {
    part = (part + 1) % (BEAT_SECONDS * PARTS);
    boolean beat = part < PARTS;
    Map<Session, Browser> now = new HashMap<>(browsers);
    now.values().removeIf(browser -> browser.part != part % PARTS);
    News news = gathered(now.values().stream().anyMatch(Browser::late));
    if (now.isEmpty() || (news.devices.isEmpty() && !beat && news.earlier.isEmpty())) {
      return;
    }
    Map<Scope, Set<DeviceId>> asked = new HashMap<>();
    Set<DeviceId> some =
        news.devices.stream().limit(MOST_ASKED).collect(Collectors.toUnmodifiableSet());
    now.values()
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
    now.forEach(
        (session, browser) -> {
          boolean heard = tell(session, browser, news, seen.get(browser.viewer.scope()));
          // Unless it says just now that it shows something else.
          browsers.replace(session, browser, browser.told(heard));
        });
  }

  /**
   * What a scope sees of the news; the same for all who share it.
   *
   * @param visible of the devices that were asked for
   * @param concerned whether any of the news is among them
   */
  private record Sight(Set<DeviceId> visible, boolean concerned) {
    static Sight of(Set<DeviceId> visible, News news) {
      return new Sight(visible, news.devices.stream().anyMatch(visible::contains));
    }
  }

  private boolean tell(Session session, Browser browser, News news, Sight sight) {
    boolean more = news.devices.size() > MOST_ASKED;
    Set<DeviceId> own = new HashSet<>(browser.shown == null ? news.devices : news.of(browser));
    own.retainAll(sight.visible);
    boolean all = browser.shown == null && (more || own.size() > MOST_NAMED);
    Instant at = sight.concerned ? news.at : null;
    boolean any = more || sight.concerned || !own.isEmpty();
    return send(session, any ? nudge(all, own, at, browser.viewer) : "{}");
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

  /** A browser that does not listen is told the same again, and more. */
  private boolean send(Session session, String text) {
    if (!session.isOpen()) {
      browsers.remove(session);
      return false;
    }
    try {
      session.getAsyncRemote().sendText(text);
      return true;
    } catch (IllegalStateException e) {
      // The one before is still on its way.
      return false;
    }
  }
}
