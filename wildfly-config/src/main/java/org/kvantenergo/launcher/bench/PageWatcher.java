package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who has the monitoring page open: the page says what it shows, nudges come by websocket,
 * and the page asks for what they touch as its script does (static/monitoring.js): one request at a
 * time, half a second apart or three times as long as the last one took, and after one to three
 * seconds where the server is busy.
 */
final class PageWatcher implements AutoCloseable, WebSocket.Listener {
  private static final double PAUSE_MILLIS = 500;
  private static final double MOST_MILLIS = 10_000;
  private static final double BUSY_MILLIS = 1_000;
  private static final long ANYWAY_NANOS = 15_000_000_000L;

  private final Page page;
  private final StringBuilder heard = new StringBuilder();
  private final List<Double> millis = new ArrayList<>();
  private final Set<Long> named = new HashSet<>();
  private final Map<Long, Instant> fresh = new HashMap<>();
  private final Thread asking = new Thread(this::ask, "page");
  private long refreshed = System.nanoTime();
  private WebSocket socket;
  private final Random random = new Random();
  private int nudges;
  private int away;
  private boolean wantsModules;
  private boolean wantsLower;
  private boolean closed;
  private IOException failure;

  private PageWatcher(Page page) {
    this.page = page;
  }

  /**
   * Signs in, opens the page and watches.
   *
   * @param group the group of devices that it shows
   * @param first place of the first row that it shows, from 0
   */
  static PageWatcher open(String url, long group, long first)
      throws IOException, InterruptedException {
    PageWatcher watcher = new PageWatcher(Page.open(url, group, first));
    watcher.socket = watcher.page.listen(watcher);
    watcher.socket.sendText(String.join(",", watcher.page.shown()), true).join();
    watcher.asking.setDaemon(true);
    watcher.asking.start();
    return watcher;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    heard.append(data);
    if (last) {
      nudge(Json.object(heard.toString()));
      heard.setLength(0);
    }
    from.request(1);
    return null;
  }

  private synchronized void nudge(Map<String, Object> nudge) {
    if (!(nudge.get("devices") instanceof List<?> devices)) {
      return;
    }
    nudges++;
    boolean all = Boolean.TRUE.equals(nudge.get("all"));
    Set<String> shown = page.shown();
    devices.stream()
        .map(id -> ((Double) id).longValue())
        .filter(id -> shown.contains(Long.toString(id)))
        .forEach(named::add);
    boolean late = System.nanoTime() - refreshed > ANYWAY_NANOS;
    wantsModules |= all || late || !named.isEmpty();
    wantsLower |= all;
    notifyAll();
  }

  private void ask() {
    try {
      while (next()) {
        long begin = System.nanoTime();
        Set<Long> asked = new HashSet<>();
        boolean modules = takeModules(asked);
        boolean came = modules ? page.refreshModules() : page.refreshLower();
        double time = (System.nanoTime() - begin) / 1e6;
        if (came) {
          taken(asked, time);
          pause(Math.min(MOST_MILLIS, Math.max(PAUSE_MILLIS, 3 * time)));
        } else {
          turnedAway(modules, asked);
          pause(BUSY_MILLIS * (1 + 2 * random.nextDouble()));
        }
      }
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean next() throws InterruptedException {
    while (!closed && !wantsModules && !wantsLower) {
      wait();
    }
    return !closed;
  }

  private synchronized boolean takeModules(Set<Long> asked) {
    boolean modules = wantsModules;
    wantsModules = false;
    if (modules) {
      asked.addAll(named);
      named.clear();
    }
    wantsLower &= modules;
    return modules;
  }

  private synchronized void taken(Set<Long> asked, double time) {
    millis.add(time);
    refreshed = System.nanoTime();
    asked.forEach(id -> fresh.putIfAbsent(id, Instant.now()));
    notifyAll();
  }

  private synchronized void turnedAway(boolean modules, Set<Long> asked) {
    away++;
    named.addAll(asked);
    wantsModules |= modules;
    wantsLower |= !modules;
  }

  private synchronized void pause(double pauseMillis) throws InterruptedException {
    long end = System.nanoTime() + (long) (pauseMillis * 1e6);
    while (!closed && System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
    }
  }

  private synchronized void fail(IOException e) {
    failure = e;
    notifyAll();
  }

  /** Waits until it has what it was told of, or a moment has come. */
  synchronized void awaitCalm(long end) throws InterruptedException {
    while (!named.isEmpty() && failure == null && System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
    }
  }

  /**
   * Counts what it saw into what all saw.
   *
   * @throws IOException if a request failed
   */
  synchronized void addTo(Seen seen) throws IOException {
    if (failure != null) {
      throw new IOException("the page was lost", failure);
    }
    seen.add(nudges, away, millis, page.shown(), fresh);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    socket.abort();
    try {
      asking.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
