package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who has the monitoring page open, a row of it chosen: the page says what it shows,
 * nudges come by websocket, and the page asks for what they touch as its script does
 * (static/monitoring.js): one request at a time, half a second apart or three times as long as the
 * last one took. How many there are it asks about every minute.
 */
final class PageWatcher implements AutoCloseable, WebSocket.Listener {
  private static final int BUSY_MILLIS = 1_000;
  private static final double PAUSE_MILLIS = 500;
  private static final double MOST_MILLIS = 10_000;
  private static final long ANYWAY_NANOS = 50_000_000_000L;
  private static final long SPREAD_NANOS = 20_000_000_000L;

  private final Page page;
  private final long chosen;
  private final long anyway = ANYWAY_NANOS + ThreadLocalRandom.current().nextLong(SPREAD_NANOS);
  private final StringBuilder heard = new StringBuilder();
  private final List<Double> millis = new ArrayList<>();
  private final List<Double> bytes = new ArrayList<>();
  private final Set<Long> named = new HashSet<>();
  private final Map<Long, Instant> fresh = new HashMap<>();
  private final Thread asking = new Thread(this::ask, "page");
  private long counted = System.nanoTime();
  private WebSocket socket;
  private int nudges;
  private boolean wantsLower;
  private boolean wantsCounts;
  private boolean closed;
  private IOException failure;

  private PageWatcher(Page page) throws IOException, InterruptedException {
    this.page = page;
    this.chosen = page.choose();
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

  @Override
  public void onError(WebSocket from, Throwable error) {
    fail(new IOException("the push broke", error));
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    fail(new IOException("the push was closed: " + code + " " + reason));
    return null;
  }

  private synchronized void nudge(Map<String, Object> nudge) {
    if (!(nudge.get("devices") instanceof List<?> devices)) {
      return;
    }
    nudges++;
    Set<String> shown = page.shown();
    devices.stream()
        .map(id -> ((Double) id).longValue())
        .filter(id -> shown.contains(Long.toString(id)))
        .forEach(named::add);
    wantsLower |= named.contains(chosen);
    notifyAll();
  }

  private void ask() {
    try {
      while (next()) {
        long begin = System.nanoTime();
        Set<Long> rows = takeRows();
        boolean served = true;
        if (!rows.isEmpty()) {
          Optional<Page.Rows> came = page.rows(rows);
          served = came.isPresent();
          if (served) {
            taken(came.get(), (System.nanoTime() - begin) / 1e6);
          } else {
            again(rows);
          }
        } else if (takeLower()) {
          served = page.refreshLower();
          if (!served) {
            lowerAgain();
          }
        } else {
          served = page.recount();
          wantsCounts = !served;
        }
        if (!served) {
          pause(BUSY_MILLIS + ThreadLocalRandom.current().nextInt(2 * BUSY_MILLIS));
          continue;
        }
        pause(Math.min(MOST_MILLIS, Math.max(PAUSE_MILLIS, 3 * (System.nanoTime() - begin) / 1e6)));
      }
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean next() throws InterruptedException {
    while (!closed && named.isEmpty() && !wantsLower && !wantsCounts) {
      long left = counted + anyway - System.nanoTime();
      if (left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } else {
        all();
      }
    }
    return !closed;
  }

  private void all() {
    page.shown().forEach(id -> named.add(Long.valueOf(id)));
    wantsLower = true;
    wantsCounts = true;
    counted = System.nanoTime();
  }

  private synchronized Set<Long> takeRows() {
    Set<Long> rows = new HashSet<>(named);
    named.clear();
    return rows;
  }

  private synchronized void again(Set<Long> rows) {
    named.addAll(rows);
  }

  private synchronized void lowerAgain() {
    wantsLower = true;
  }

  private synchronized boolean takeLower() {
    boolean lower = wantsLower;
    wantsLower = false;
    return lower;
  }

  private synchronized void taken(Page.Rows rows, double time) {
    millis.add(time);
    bytes.add((double) rows.bytes());
    Instant now = Instant.now();
    rows.devices().forEach(id -> fresh.putIfAbsent(Long.valueOf(id), now));
    notifyAll();
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
    seen.add(nudges, millis, bytes, page.shown(), fresh);
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
