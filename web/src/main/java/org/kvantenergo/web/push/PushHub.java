package org.kvantenergo.web.push;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.kvantenergo.account.Sessions;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.device.DeviceDirectory;
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
  static final int PARTS = Gathering.PARTS;

  /** Why a connection is closed to whoever may not look any more; pages know it. */
  static final int OVER = 4001;

  private static final int BEAT_SECONDS = 3;

  /** More than a page can show: then it simply asks for what it shows. */
  private static final int MOST_NAMED = 500;

  /** Of how many it is asked who sees them; of more, everybody is told to ask. */
  private static final int MOST_ASKED = 1000;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm:ss", Locale.ROOT);

  private static final String BEAT = "{}";

  /** The page has what it shows from before, and says so. */
  private static final String UNREAD = "{\"unread\":true}";

  /** Rows of one beat: when all pages come back at once, some wait for the next. */
  private static final int MOST_ROWS = 4000;

  /** Whoever has not taken what was sent for so long has gone, or reads nothing. */
  private static final int STUCK = Gathering.REMEMBERED;

  private final DeviceDirectory directory;
  private final Sessions sessions;
  private final LiveRows rows;
  private final Map<Session, Browser> browsers = new ConcurrentHashMap<>();

  /** To whom something is being sent, since which beat: nothing more is sent until it has gone. */
  private final Map<Session, Long> sending = new ConcurrentHashMap<>();

  private final AtomicInteger opened = new AtomicInteger();
  private final Gathering gathering = new Gathering();
  private final AtomicLong beats = new AtomicLong();

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

  /** Somebody's page, whose turn it is. */
  private record Turn(Session session, Browser browser, Viewer viewer) {}

  /** A browser listens from now on. */
  void opened(Session session, String token) {
    int own = Math.floorMod(opened.getAndIncrement(), PARTS);
    browsers.put(session, new Browser(token, own, null, Browser.Owed.NEWS, 0));
  }

  /** A browser says what it shows. */
  void shows(Session session, Browser.Shown shown) {
    browsers.computeIfPresent(session, (key, b) -> b.says(shown));
  }

  /** A browser that shows rows wants them all anew. */
  void again(Session session) {
    browsers.computeIfPresent(session, (key, b) -> b.shown() == null ? b : b.asks(beats.get()));
  }

  /** A browser is gone. */
  void closed(Session session) {
    browsers.remove(session);
    sending.remove(session);
  }

  /** Something happened. */
  void happened(EventMessage message) {
    gathering.happened(message);
  }

  /** Tells those whose turn it is what has gathered; {@value #PARTS} times a second. */
  void tell() {
    long beat = beats.incrementAndGet();
    Map<Session, Browser> now = new HashMap<>(browsers);
    now.values().removeIf(b -> b.part() != beat % PARTS && b.owed() != Browser.Owed.NOW);
    Gathering.News news =
        gathering.gathered(now.values().stream().anyMatch(b -> b.owed() == Browser.Owed.EARLIER));
    boolean sign = beat % (BEAT_SECONDS * PARTS) < PARTS;
    boolean owed = now.values().stream().anyMatch(Browser::isWhole);
    now.entrySet().removeIf(e -> isBusy(e.getKey(), e.getValue()));
    if (sign || owed || !news.devices().isEmpty() || !news.earlier().isEmpty()) {
      tell(now, news);
    }
  }

  /** Whether something is under way to it still. */
  private boolean isBusy(Session session, Browser browser) {
    if (!session.isOpen()) {
      closed(session);
      return true;
    }
    Long since = sending.get(session);
    if (since == null) {
      return false;
    }
    if (beats.get() - since > STUCK) {
      shut(session, CloseReason.CloseCodes.TRY_AGAIN_LATER);
    } else {
      change(session, browser, browser.waits());
    }
    return true;
  }

  /** What goes wrong with one page is not the others' trouble. */
  private void tell(Map<Session, Browser> now, Gathering.News news) {
    try {
      tell(looking(now), news);
    } catch (RuntimeException e) {
      if (now.size() > 1 && !(e instanceof DatabaseException)) {
        now.forEach((session, browser) -> tell(Map.of(session, browser), news));
        return;
      }
      WebLog.PUSH_FAILED.say(e);
      now.forEach(
          (session, browser) -> {
            send(session, news.of(browser).isEmpty() ? BEAT : UNREAD);
            change(session, browser, browser.missed());
          });
    }
  }

  /** Those of them who may look still; the others are shown out. */
  private List<Turn> looking(Map<Session, Browser> now) {
    Map<String, Sessions.Watching> watching =
        now.isEmpty()
            ? Map.of()
            : sessions.watching(
                now.values().stream().map(Browser::token).collect(Collectors.toSet()));
    List<Turn> turns = new ArrayList<>();
    now.forEach(
        (session, browser) -> {
          Sessions.Watching who = watching.get(browser.token());
          if (who == null
              || !who.viewer().may(Permission.READ_DEVICES)
              || (browser.shown() != null && !who.inMode())) {
            shut(session, CloseReason.CloseCodes.getCloseCode(OVER));
          } else {
            turns.add(new Turn(session, browser, who.viewer()));
          }
        });
    return turns;
  }

  private void shut(Session session, CloseReason.CloseCode why) {
    closed(session);
    try {
      session.close(new CloseReason(why, ""));
    } catch (IOException e) {
      // It has gone by itself.
    }
  }

  private void tell(List<Turn> turns, Gathering.News news) {
    Set<DeviceId> some =
        news.devices().stream().limit(MOST_ASKED).collect(Collectors.toUnmodifiableSet());
    Map<Scope, Set<DeviceId>> seen = new HashMap<>();
    List<Turn> owners = new ArrayList<>();
    List<LiveRows.Wanted> wanted = new ArrayList<>();
    List<Turn> told = new ArrayList<>();
    int room = MOST_ROWS;
    for (Turn turn : turns) {
      Set<DeviceId> own = news.of(turn.browser);
      if (own.size() > room) {
        change(turn.session, turn.browser, turn.browser.waits());
        continue;
      }
      room -= own.size();
      told.add(turn);
      if (!own.isEmpty()) {
        owners.add(turn);
        wanted.add(new LiveRows.Wanted(turn.viewer, own, turn.browser.shown().columns()));
      }
      if (!some.isEmpty()) {
        seen.computeIfAbsent(turn.viewer.scope(), scope -> directory.visible(scope, some));
      }
    }
    List<String> tables = wanted.isEmpty() ? List.of() : rows.draw(wanted);
    Map<Session, String> drawn = new HashMap<>();
    for (int i = 0; i < owners.size(); i++) {
      drawn.put(owners.get(i).session, "\n" + tables.get(i));
    }
    for (Turn turn : told) {
      String head = head(turn, news, seen.getOrDefault(turn.viewer.scope(), Set.of()));
      boolean heard = send(turn.session, head + drawn.getOrDefault(turn.session, ""));
      Browser browser = turn.browser;
      change(turn.session, browser, heard ? browser.told(beats.get()) : browser.missed());
    }
  }

  /**
   * What is told besides rows: when the newest packet came, and to a page without rows the devices.
   *
   * @param visible of the news, as far as it was asked
   */
  private static String head(Turn turn, Gathering.News news, Set<DeviceId> visible) {
    boolean all =
        turn.browser.isWhole() || news.devices().size() > MOST_ASKED || visible.size() > MOST_NAMED;
    String at =
        news.at() == null || visible.isEmpty()
            ? ""
            : TIME.format(news.at().atZone(turn.viewer.zone()));
    if (turn.browser.shown() != null) {
      return at.isEmpty() ? BEAT : "{\"at\":\"%s\"}".formatted(at);
    }
    if (visible.isEmpty() && !all) {
      return BEAT;
    }
    String ids =
        all
            ? ""
            : visible.stream().map(d -> String.valueOf(d.value())).collect(Collectors.joining(","));
    return "{\"at\":\"%s\",\"all\":%b,\"devices\":[%s]}".formatted(at, all, ids);
  }

  /** What a browser is owed next, unless it has just said something itself, be it the same. */
  @SuppressWarnings("ReferenceEquality")
  private void change(Session session, Browser from, Browser to) {
    browsers.computeIfPresent(session, (key, now) -> now == from ? to : now);
  }

  /** Whether it is on its way; never while something else is. */
  private boolean send(Session session, String text) {
    sending.put(session, beats.get());
    try {
      session.getAsyncRemote().sendText(text, result -> sending.remove(session));
      return true;
    } catch (IllegalStateException e) {
      // It is closing.
      sending.remove(session);
      return false;
    }
  }
}
