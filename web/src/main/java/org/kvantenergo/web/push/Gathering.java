package org.kvantenergo.web.push;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kvantenergo.event.Event;
import org.kvantenergo.event.EventMessage;
import org.kvantenergo.shared.DeviceId;

/** Events of the last second, part by part, and of some seconds before. Safe for any thread. */
final class Gathering {

  /** Parts of a second. */
  static final int PARTS = 4;

  /** A page says what it shows after it was loaded: news of ten seconds would be lost on it. */
  static final int REMEMBERED = 10 * PARTS;

  private final Deque<Gathered> before = new ArrayDeque<>();
  private Set<DeviceId> waiting = new HashSet<>();
  private boolean packets;
  private Instant lastPacket;

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
  record News(Set<DeviceId> devices, Set<DeviceId> earlier, Instant at) {
    Set<DeviceId> of(Browser browser) {
      if (browser.shown() == null) {
        return Set.of();
      }
      Set<DeviceId> shown = browser.shown().devices();
      return switch (browser.owed()) {
        case ALL, NOW -> shown;
        case EARLIER -> both(shown, earlier);
        case NEWS -> both(shown, devices);
      };
    }

    private static Set<DeviceId> both(Set<DeviceId> shown, Set<DeviceId> all) {
      return shown.stream().filter(all::contains).collect(Collectors.toSet());
    }
  }

  /** Something happened. */
  synchronized void happened(EventMessage message) {
    Event event = message.event();
    waiting.addAll(event.devices());
    if (event instanceof Event.ReadingsStored) {
      packets = true;
      lastPacket = message.at();
    }
  }

  /**
   * Ends a part of a second.
   *
   * @param late whether anybody is owed what came before the last second
   */
  synchronized News gathered(boolean late) {
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
}
