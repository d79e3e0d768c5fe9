package org.kvantenergo.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.device.ErrorDictionary;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Scope;

/** What a device reported over a time, thinned out so that a chart of it is small. */
public interface ReadingSeries {

  /** Most buckets of a series. */
  int BUCKETS = 300;

  /** Longest time of a series. */
  Duration LONGEST = Duration.ofDays(3700);

  /**
   * The series of a time by the module's clock. Records whose clock cannot be right are left out,
   * and so are values that are not numbers.
   *
   * @param from inclusive
   * @param until exclusive, after {@code from}; at most {@link #LONGEST} after it
   * @return empty if the scope does not see the device
   */
  Optional<Series> of(Scope scope, DeviceId device, Instant from, Instant until);

  /**
   * A series.
   *
   * @param bucket length of a bucket; they begin at multiples of it since 1970
   * @param points buckets with records, in order
   * @param gaps times in which records should have come and did not, in order
   * @param incidents what happened, in order; of more than 500 changes and gaps together the newest
   */
  record Series(Duration bucket, List<Point> points, List<Gap> gaps, List<Incident> incidents) {}

  /**
   * What a bucket held.
   *
   * @param first module time of its first record
   * @param last module time of its last record
   * @param records how many
   * @param reading m³, of valid ones; null if there were none
   * @param used m³ since the valid reading before; null if there was none in the month before, or
   *     the reading fell
   * @param usedSince module time of that reading before; null if {@code used} is
   * @param readingAt module time of the last valid reading; null if there was none
   * @param temperature °C; null if unknown
   * @param battery V; null if unknown
   * @param rssi dBm
   */
  record Point(
      Instant first,
      Instant last,
      int records,
      Range reading,
      Double used,
      Instant usedSince,
      Instant readingAt,
      Range temperature,
      Range battery,
      Range rssi) {}

  /**
   * The values of a bucket.
   *
   * @param least the smallest
   * @param most the biggest
   * @param last the newest
   */
  record Range(double least, double most, double last) {}

  /**
   * A time without records, longer than one and a half of the device's own periods.
   *
   * @param from module time of the record before, which may lie before the series; the beginning of
   *     the series if there was none in the month before it
   * @param until module time of the record after; the end of the series, or now, if there is none
   */
  record Gap(Instant from, Instant until) {}

  /** Kinds of what happens. */
  enum Kind {
    /** Error bits are set that were not. */
    ERRORS_BEGAN,
    /** Error bits are gone. */
    ERRORS_ENDED,
    /** A valid reading is smaller than the valid one before. */
    READING_FELL,
    /** The technological mode was opened. */
    MODE_OPENED,
    /** The technological mode was left. */
    MODE_CLOSED,
    /** The battery fell below what is to be looked at. */
    BATTERY_LOW,
    /** The battery fell below what a module needs. */
    BATTERY_EMPTY
  }

  /**
   * What happened.
   *
   * @param at module time of the record that shows it
   * @param kind what
   * @param mask where the bits stand; null unless it is about errors
   * @param bits which bits, u16; 0 unless it is about errors
   * @param value by how many m³ the reading fell, or V of the battery; 0 otherwise
   */
  record Incident(Instant at, Kind kind, ErrorDictionary.Mask mask, int bits, double value) {}
}
