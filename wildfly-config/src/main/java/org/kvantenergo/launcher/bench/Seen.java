package org.kvantenergo.launcher.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all who watched saw. One thread at a time. */
final class Seen {

  private final List<Double> millis = new ArrayList<>();
  private final List<View> views = new ArrayList<>();
  private final List<Double> bytes = new ArrayList<>();
  private int nudges;

  /**
   * A page.
   *
   * @param shown devices, by id
   * @param fresh when rows of devices came
   */
  record View(List<Long> shown, Map<Long, List<Instant>> fresh) {

    /** When it had what came at a moment; empty if it has not. */
    Optional<Instant> since(Long device, Instant came) {
      return fresh.getOrDefault(device, List.of()).stream()
          .filter(at -> !at.isBefore(came))
          .findFirst();
    }

    /** How many of those that reported it did not hear of. */
    long unseen(Map<Long, Instant> received) {
      return shown.stream()
          .filter(id -> received.containsKey(id) && since(id, received.get(id)).isEmpty())
          .count();
    }
  }

  /**
   * One page more.
   *
   * @param nudges how many messages with rows came
   * @param requests how long its own requests took; ms
   * @param sizes of the messages; bytes
   * @param view what it showed
   */
  void add(int nudges, List<Double> requests, List<Double> sizes, View view) {
    this.nudges += nudges;
    millis.addAll(requests);
    bytes.addAll(sizes);
    views.add(view);
  }

  /**
   * The figures.
   *
   * @param received when devices reported, by id
   */
  Map<Quantity, Double> values(Map<Long, Instant> received) {
    Map<Quantity, Double> values = requests(nudges, millis);
    List<Double> waits = new ArrayList<>();
    long unseen = 0;
    for (View view : views) {
      unseen += view.unseen(received);
      for (Long device : view.shown) {
        Instant came = received.get(device);
        if (came != null) {
          view.since(device, came)
              .ifPresent(at -> waits.add(Duration.between(came, at).toNanos() / 1e6));
        }
      }
    }
    values.put(Quantity.WATCHERS, (double) views.size());
    values.put(Quantity.UNSEEN, (double) unseen);
    bytes.stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .ifPresent(mean -> values.put(Quantity.PAGE_BYTES, mean));
    put(values, waits, Quantity.PUSH_P50, Quantity.PUSH_P99, Quantity.PUSH_MAX);
    return values;
  }

  static Map<Quantity, Double> requests(int nudges, List<Double> millis) {
    Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
    values.put(Quantity.NUDGES, (double) nudges);
    values.put(Quantity.PAGE_REQUESTS, (double) millis.size());
    put(values, millis, Quantity.PAGE_P50, Quantity.PAGE_P99, Quantity.PAGE_MAX);
    return values;
  }

  /** Nothing where nothing was measured. */
  private static void put(
      Map<Quantity, Double> values, List<Double> all, Quantity p50, Quantity p99, Quantity max) {
    if (!all.isEmpty()) {
      List<Double> sorted = new ArrayList<>(all);
      Collections.sort(sorted);
      values.put(p50, percentile(sorted, 0.5));
      values.put(p99, percentile(sorted, 0.99));
      values.put(max, sorted.get(sorted.size() - 1));
    }
  }

  /** The least of which a share of all is no greater. */
  private static double percentile(List<Double> sorted, double share) {
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }
}
