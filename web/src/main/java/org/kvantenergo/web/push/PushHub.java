package org.kvantenergo.web.push;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kvantenergo.account.Sessions;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.event.Event;
import org.kvantenergo.event.EventMessage;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.web.WebLog;

/**
 * Gathers events for at most a second and tells every browser what is new: a page that says which
 * rows it shows gets those of them that changed, drawn once for all pages; any other is told the
 * devices with news. Each browser has a part of the second to be told in. Who is told is asked
 * before each time: whoever's session has ended, or who may not look any more, gets nothing. Says
 * something at least each {@value #BEAT_SECONDS} s, so that a browser knows when it hears nothing
 * any more. Safe for any thread.
 */
@ApplicationScoped
public class PushHub {

  /** Parts of a second. */
  static final int PARTS = 4;

  /** Why a connection is closed to whoever may not look any more; pages know it. */
  static final int OVER = 4001;

  private static final int BEAT_SECONDS = 3;

  /** More than a page can show: then it simply asks for what it shows. */
  private static final int MOST_NAMED = 500;

  /** Of how many it is asked who sees them; of more, everybody is told to ask. */
  private static final int MOST_ASKED = 1000;

  /** A page says what it shows after it was loaded: news of ten seconds would be lost on it. */
  private static final int REMEMBERED = 10 * PARTS;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm:ss", Locale.ROOT);

  private static final String BEAT = "{}";

  /** The page has what it shows from before, and says so. */
  private static final String UNREAD = "{\"unread\":true}";

  private final DeviceDirectory directory;
  private final Sessions sessions;
  private final LiveRows rows;
  private final Map<Session, Browser> browsers = new ConcurrentHashMap<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final Deque<Gathered> before = new ArrayDeque<>();
  private Set<DeviceId> waiting = new HashSet<>();
  private boolean packets;
  private Instant lastPacket;
  private int part;

  /** With what says who looks, what they see, and how it is drawn. */
  @Inject
  public PushHub(DeviceDirectory directory, Sessions sessions, LiveRows rows) {
    this.directory = directory;
    this.sessions = sessions;
    this.rows = rows;
  }

  /** For the proxies of CDI. */
  protected PushHub() {
    this(null, null, null);
  }

  /**
   * What a page shows.
   *
   * @param devices whose rows
   * @param columns names of those that it has
   */
  record Shown(Set<DeviceId> devices, Set<String> columns) {
    Shown {
      devices = Set.copyOf(devices);
      columns = Set.copyOf(columns);
    }
  }

  /** What a page that shows rows is to get next. */
  private enum Owed {
    /** What the last second brought. */
    NEWS,
    /**
     * What came since it was loaded: it says only now what it shows, or missed what it was told.
     */
    EARLIER,
    /** Everything that it shows, at once. */
    ALL
  }

  /**
   * A page somewhere.
   *
   * @param token of the session that it is in
   * @param part of the second in which it is told, from 0
   * @param shown null if it did not say: then it hears of everything
   * @param owed what it is to get next
   */
  private record Browser(String token, int part, Shown shown, Owed owed) {
    Browser owed(Owed what) {
      return new Browser(token, part, shown, what);
    }

    Browser told(boolean heard) {
      return owed(heard ? Owed.NEWS : owed == Owed.ALL ? Owed.ALL : Owed.EARLIER);
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
   * @param earlier with news of the seconds before, these included; empty if nobody is owed them
   * @param at when the newest packet came; null if there are none among the news
   */
  private record News(Set<DeviceId> devices, Set<DeviceId> earlier, Instant at) {
    Set<DeviceId> of(Browser browser) {
      Set<DeviceId> shown = browser.shown.devices;
      return switch (browser.owed) {
        case ALL -> shown;
        case EARLIER -> both(shown, earlier);
        case NEWS -> both(shown, devices);
      };
    }

    private static Set<DeviceId> both(Set<DeviceId> shown, Set<DeviceId> all) {
      return shown.stream().filter(all::contains).collect(Collectors.toSet());
    }
  }

  /** Somebody's page, whose turn it is. */
  private record Turn(Session session, Browser browser, Viewer viewer) {}

  /** A browser listens from now on. */
  void opened(Session session, String token) {
    int own = Math.floorMod(opened.getAndIncrement(), PARTS);
    browsers.put(session, new Browser(token, own, null, Owed.NEWS));
  }

  /** A browser says what it shows. */
  void shows(Session session, Shown shown) {
    browsers.computeIfPresent(
        session, (key, b) -> new Browser(b.token, b.part, shown, b.told(false).owed));
  }

  /** A browser that shows rows wants them all anew. */
  void again(Session session) {
    browsers.computeIfPresent(session, (key, b) -> b.owed(Owed.ALL));
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
    now.values().removeIf(b -> b.part != part % PARTS && b.owed != Owed.ALL);
    News news = gathered(now.values().stream().anyMatch(b -> b.owed == Owed.EARLIER));
    boolean owed = now.values().stream().anyMatch(b -> b.owed == Owed.ALL);
    if (now.isEmpty() || (news.devices.isEmpty() && news.earlier.isEmpty() && !beat && !owed)) {
      return;
    }
    try {
      tell(looking(now), news);
    } catch (DatabaseException e) {
      // The connection is there: what is new comes when the database says it.
      WebLog.PUSH_FAILED.say(e);
      now.forEach((session, browser) -> tell(session, browser, BEAT, false));
    }
  }

  /** Those of them who may look still; the others are shown out. */
  private List<Turn> looking(Map<Session, Browser> now) {
    Map<String, Viewer> viewers =
        sessions.watching(now.values().stream().map(Browser::token).collect(Collectors.toSet()));
    List<Turn> turns = new ArrayList<>();
    now.forEach(
        (session, browser) -> {
          Viewer viewer = viewers.get(browser.token);
          if (viewer == null || !viewer.may(Permission.READ_DEVICES)) {
            shut(session);
          } else {
            turns.add(new Turn(session, browser, viewer));
          }
        });
    return turns;
  }

  private void shut(Session session) {
    browsers.remove(session);
    try {
      session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(OVER), "session over"));
    } catch (IOException e) {
      // It has gone by itself.
    }
  }

  private void tell(List<Turn> turns, News news) {
    Set<DeviceId> some =
        news.devices.stream().limit(MOST_ASKED).collect(Collectors.toUnmodifiableSet());
    Map<Scope, Set<DeviceId>> seen = new HashMap<>();
    turns.forEach(
        t -> seen.computeIfAbsent(t.viewer.scope(), scope -> directory.visible(scope, some)));
    Map<Session, LiveRows.Wanted> wanted = new LinkedHashMap<>();
    for (Turn turn : turns) {
      Set<DeviceId> own = turn.browser.shown == null ? Set.of() : news.of(turn.browser);
      if (!own.isEmpty()) {
        wanted.put(turn.session, new LiveRows.Wanted(turn.viewer, own, turn.browser.shown.columns));
      }
    }
    Map<Session, String> drawn = drawn(wanted);
    for (Turn turn : turns) {
      String head = head(turn, news, seen.get(turn.viewer.scope()));
      String table = drawn.get(turn.session);
      boolean missing = table == null && wanted.containsKey(turn.session);
      String text = missing ? UNREAD : table == null ? head : head + "\n" + table;
      tell(turn.session, turn.browser, text, !missing);
    }
  }

  /** Empty if the database does not say. */
  private Map<Session, String> drawn(Map<Session, LiveRows.Wanted> wanted) {
    if (wanted.isEmpty()) {
      return Map.of();
    }
    try {
      Iterator<String> tables = rows.draw(List.copyOf(wanted.values())).iterator();
      return wanted.keySet().stream()
          .collect(Collectors.toMap(session -> session, session -> tables.next()));
    } catch (DatabaseException e) {
      WebLog.PUSH_FAILED.say(e);
      return Map.of();
    }
  }

  /**
   * What is told besides rows: when the newest packet came, and to a page without rows the devices.
   *
   * @param visible of the news, as far as it was asked
   */
  private static String head(Turn turn, News news, Set<DeviceId> visible) {
    boolean more = news.devices.size() > MOST_ASKED;
    String at =
        news.at == null || visible.isEmpty() ? "" : TIME.format(news.at.atZone(turn.viewer.zone()));
    if (turn.browser.shown != null) {
      return at.isEmpty() ? BEAT : "{\"at\":\"%s\"}".formatted(at);
    }
    if (visible.isEmpty() && !more) {
      return BEAT;
    }
    boolean all = more || visible.size() > MOST_NAMED;
    String ids =
        all
            ? ""
            : visible.stream().map(d -> String.valueOf(d.value())).collect(Collectors.joining(","));
    return "{\"at\":\"%s\",\"all\":%b,\"devices\":[%s]}".formatted(at, all, ids);
  }

  /**
   * Sends, and notes what the browser is owed next, unless it says just now that it shows something
   * else.
   *
   * @param whole whether this is all that there is to tell
   */
  private void tell(Session session, Browser browser, String text, boolean whole) {
    boolean heard = send(session, text);
    browsers.replace(session, browser, browser.told(heard && whole));
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
