package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who has the monitoring page open, a row of it chosen: the page says what it shows, and
 * the rows of it that change come by websocket. As its script does (static/monitoring.js), it asks
 * for the lower table when the chosen device is among them, and every minute for all rows and for
 * how many there are of what: one request at a time, half a second apart or three times as long as
 * the last one took.
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
  private final Map<Long, List<Instant>> fresh = new HashMap<>();
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
    watcher.socket.sendText(watcher.page.says(), true).join();
    watcher.asking.setDaemon(true);
    watcher.asking.start();
    return watcher;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    heard.append(data);
    if (last) {
      told(heard.toString());
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

  private synchronized void told(String text) {
    if (text.indexOf('\n') < 0) {
      return;
    }
    nudges++;
    bytes.add((double) text.getBytes(StandardCharsets.UTF_8).length);
    Instant now = Instant.now();
    for (String id : Page.rows(text)) {
      long device = Long.parseLong(id);
      fresh.computeIfAbsent(device, d -> new ArrayList<>()).add(now);
      wantsLower |= device == chosen;
    }
    notifyAll();
  }

  private void ask() {
    try {
      while (next()) {
        long begin = System.nanoTime();
        boolean lower = takeLower();
        if (lower ? page.refreshLower() : page.recount()) {
          double took = (System.nanoTime() - begin) / 1e6;
          served(lower, took);
          pause(Math.min(MOST_MILLIS, Math.max(PAUSE_MILLIS, 3 * took)));
        } else {
          again(lower);
          pause(BUSY_MILLIS + ThreadLocalRandom.current().nextInt(2 * BUSY_MILLIS));
        }
      }
    } catch (IOException e) {
      fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean next() throws InterruptedException {
    while (!closed && !wantsLower && !wantsCounts) {
      long left = counted + anyway - System.nanoTime();
      if (left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } else {
        socket.sendText("again", true).join();
        wantsLower = true;
        wantsCounts = true;
        counted = System.nanoTime();
      }
    }
    return !closed;
  }

  private synchronized boolean takeLower() {
    boolean lower = wantsLower;
    wantsLower = false;
    return lower;
  }

  private synchronized void again(boolean lower) {
    wantsLower |= lower;
  }

  private synchronized void served(boolean lower, double took) {
    wantsCounts &= lower;
    millis.add(took);
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

  /**
   * Waits until it has heard of the devices that it shows, or a time has come.
   *
   * @param received when devices reported, by id
   * @param end as {@link System#nanoTime}
   */
  synchronized void await(Map<Long, Instant> received, long end) throws InterruptedException {
    while (view().unseen(received) > 0 && failure == null && System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
    }
  }

  /** The devices that it shows, by id. */
  List<Long> shown() {
    return page.shown().stream().map(Long::valueOf).toList();
  }

  private Seen.View view() {
    return new Seen.View(shown(), fresh);
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
    seen.add(nudges, millis, bytes, view());
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
