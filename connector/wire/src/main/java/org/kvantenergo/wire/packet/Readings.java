package org.kvantenergo.wire.packet;

import java.util.List;

/**
 * READINGS, type 02.
 *
 * @param records 1..64 records, in the order of the frame
 */
public record Readings(List<Reading> records) implements Packet.Uplink {

  /** Frame type. */
  public static final int TYPE = 0x02;

  /** Most records in one frame. */
  public static final int MAX_RECORDS = 64;

  /** Checks the count and takes its own copy of the list. */
  public Readings {
    if (records.isEmpty() || records.size() > MAX_RECORDS) {
      throw new IllegalArgumentException("1..64 records expected, got " + records.size());
    }
    records = List.copyOf(records);
  }

  @Override
  public int type() {
    return TYPE;
  }
}
