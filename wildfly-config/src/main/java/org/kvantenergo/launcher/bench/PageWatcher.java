package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who has the monitoring page open: nudges come by websocket, and the page asks for what
 * they touch as its script does (static/monitoring.js): one request at a time, half a second apart.
 */
final class PageWatcher implements AutoCloseable, WebSocket.Listener {
  private static final long PAUSE_MILLIS = 500;

  /** A page with fewer rows than its window asks whatever devices are named. */
  private static final int WINDOW = 80;

  private final Page page;
  private final StringBuilder heard = new StringBuilder();
  private final List<Double> millis = new ArrayList<>();
  private final Thread asking = new Thread(this::ask, "page");
  private WebSocket socket;
  private int nudges;
  private boolean wantsModules;
  private boolean wantsLower;
  private boolean closed;
  private IOException failure;

  private PageWatcher(Page page) {
    this.page = page;
  }

  /** Signs in, opens the page and watches. */
  static PageWatcher open(String url) throws IOException, InterruptedException {
    PageWatcher watcher = new PageWatcher(Page.open(url));
    watcher.socket = watcher.page.listen(watcher);
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
    boolean touched =
        devices.stream()
            .anyMatch(id -> id instanceof Double number && shown.contains("" + number.longValue()));
    wantsModules |= all || touched || shown.size() < WINDOW;
    wantsLower |= all;
    notifyAll();
  }

  private void ask() {
    try {
      while (next()) {
        long begin = System.nanoTime();
        if (takeModules()) {
          page.refreshModules();
        } else {
          page.refreshLower();
        }
        taken((System.nanoTime() - begin) / 1e6);
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

  private synchronized boolean takeModules() {
    boolean modules = wantsModules;
    wantsModules = false;
    wantsLower &= modules;
    return modules;
  }

  private synchronized void taken(double time) throws InterruptedException {
    millis.add(time);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
    while (!closed && System.nanoTime() < end) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
    }
  }

  private synchronized void fail(IOException e) {
    failure = e;
  }

  /**
   * What was seen so far.
   *
   * @throws IOException if a request failed
   */
  synchronized Map<Quantity, Double> seen() throws IOException {
    if (failure != null) {
      throw new IOException("the page was lost", failure);
    }
    return values(nudges, millis);
  }

  static Map<Quantity, Double> values(int nudges, List<Double> millis) {
    Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
    values.put(Quantity.NUDGES, (double) nudges);
    values.put(Quantity.PAGE_REQUESTS, (double) millis.size());
    if (!millis.isEmpty()) {
      List<Double> sorted = new ArrayList<>(millis);
      Collections.sort(sorted);
      values.put(Quantity.PAGE_P50, percentile(sorted, 0.5));
      values.put(Quantity.PAGE_P99, percentile(sorted, 0.99));
      values.put(Quantity.PAGE_MAX, sorted.get(sorted.size() - 1));
    }
    return values;
  }

  /** The least of which a share of all is no greater. */
  private static double percentile(List<Double> sorted, double share) {
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
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
