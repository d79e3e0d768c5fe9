package org.kvantenergo.event.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kvantenergo.event.Event;
import org.kvantenergo.shared.DeviceId;

/**
 * An event that waits.
 *
 * @param kind name of an {@link EventKind}, or one that only a newer version knows
 * @param body JSON object
 */
record OutboxRow(String kind, String body) {

  /**
   * Makes few rows of many: one a kind, with every device once, in the order in which they came;
   * more than one only where a row would name too many devices. Rows of unknown kinds stay as they
   * are: a newer node of the same cluster wrote them, and its consumers know what they mean.
   */
  static List<OutboxRow> merge(List<OutboxRow> rows) {
    Map<EventKind, Set<DeviceId>> devices = new LinkedHashMap<>();
    List<OutboxRow> merged = new ArrayList<>();
    for (OutboxRow row : rows) {
      Optional<EventKind> kind = EventKind.named(row.kind);
      if (kind.isPresent()) {
        devices
            .computeIfAbsent(kind.get(), k -> new LinkedHashSet<>())
            .addAll(EventCodec.devices(row.body));
      } else {
        merged.add(row);
      }
    }
    devices.forEach((kind, ids) -> merged.addAll(split(kind, List.copyOf(ids))));
    return merged;
  }

  private static List<OutboxRow> split(EventKind kind, List<DeviceId> ids) {
    List<OutboxRow> rows = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += Event.MAX_DEVICES) {
      int to = Math.min(ids.size(), from + Event.MAX_DEVICES);
      rows.add(new OutboxRow(kind.name(), EventCodec.body(ids.subList(from, to))));
    }
    return rows;
  }
}
