package org.kvantenergo.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/**
 * A device's own archive: its newest acknowledged records, to be sent once more when asked. Touched
 * on one event loop alone.
 */
final class RecordMemory {

  /** Two days of hourly records; 100,000 modules must fit into one program. */
  static final int MOST = 48;

  private final ArrayDeque<Reading> records = new ArrayDeque<>(2);

  void keep(Reading record) {
    if (records.size() == MOST) {
      records.poll();
    }
    records.add(record);
  }

  /**
   * The records of a period, oldest first, in as many frames as it takes.
   *
   * @param from module time, u32 s, inclusive
   * @param to likewise
   */
  List<Readings> between(long from, long to) {
    return frames(
        records.stream().filter(r -> r.moduleTime() >= from && r.moduleTime() <= to).toList());
  }

  /** Records in as many frames as it takes. */
  static List<Readings> frames(List<Reading> all) {
    List<Readings> frames = new ArrayList<>(1);
    for (int from = 0; from < all.size(); from += Readings.MAX_RECORDS) {
      int to = Math.min(all.size(), from + Readings.MAX_RECORDS);
      frames.add(new Readings(all.subList(from, to)));
    }
    return frames;
  }
}
