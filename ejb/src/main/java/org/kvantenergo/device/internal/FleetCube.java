package org.kvantenergo.device.internal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.kvantenergo.device.ErrorKind;
import org.kvantenergo.device.FleetFigures;
import org.kvantenergo.device.FleetFigures.Bin;
import org.kvantenergo.device.FleetFigures.Bit;
import org.kvantenergo.device.FleetFigures.Group;
import org.kvantenergo.device.FleetFigures.Hour;
import org.kvantenergo.device.FleetFigures.Second;
import org.kvantenergo.shared.GroupId;

/**
 * What one reading of the fleet brought, counted by whatever the figures are asked by: from it the
 * figures of any group come without asking again.
 *
 * @param at when
 * @param cells devices by where they fall
 * @param masks devices that have errors, by their masks
 * @param seconds of the burst
 * @param hours that have been counted, with what was counted
 * @param counted beginnings of the hours that have been counted
 */
record FleetCube(
    Instant at,
    List<Cell> cells,
    List<Masks> masks,
    List<Beat> seconds,
    List<Past> hours,
    List<Instant> counted) {

  /** How many hours are shown, the current one included. */
  static final int HOURS = 24;

  /** Bits of a cell's flags. */
  static final int SILENT = 1;

  static final int DUE = 2;
  static final int ERRORS = 4;
  static final int OPEN = 8;

  /** Last volts of each bin but the highest, as 32 bits; the thresholds are among them. */
  static final List<Float> VOLTS = List.of(3.2f, 3.3f, 3.4f, 3.5f, 3.6f, 3.7f);

  /** First dBm of each bin but the lowest; between them are the steps of the four bars. */
  static final List<Integer> DBM = List.of(-102, -94, -84, -78, -72, -66, -60);

  private static final int BITS = 16;

  /**
   * Devices that fall in the same place everywhere.
   *
   * @param group 0 = none
   * @param hour of the last packet: 0 = this one, 1 = the one before, 24 = earlier than 23 hours
   *     before; −1 = never
   * @param battery number of the bin; −1 = never reported, or not a number
   * @param rssi number of the bin; −1 = never reported
   */
  record Cell(long group, int hour, int flags, int battery, int rssi, long devices) {
    boolean has(int flag) {
      return (flags & flag) != 0;
    }
  }

  /** Devices with the same five masks. */
  record Masks(long group, Map<ErrorKind, Integer> values, long devices) {}

  /** Devices whose last packet came in the same second. */
  record Beat(long group, Instant at, long devices) {}

  /** Devices that reported in an hour. */
  record Past(long group, Instant hour, long devices) {}

  /** Keeps its own lists. */
  FleetCube {
    cells = List.copyOf(cells);
    masks = List.copyOf(masks);
    seconds = List.copyOf(seconds);
    hours = List.copyOf(hours);
    counted = List.copyOf(counted);
  }

  FleetFigures figures(GroupId asked) {
    List<Cell> own =
        asked == null ? cells : cells.stream().filter(c -> c.group == asked.value()).toList();
    Predicate<Long> of = group -> asked == null || group == asked.value();
    return new FleetFigures(
        at,
        hour(0),
        sum(own, cell -> true),
        sum(own, cell -> cell.hour == 0),
        sum(own, cell -> cell.has(DUE)),
        sum(own, cell -> cell.has(SILENT)),
        sum(own, cell -> cell.has(ERRORS)),
        sum(own, cell -> cell.has(OPEN)),
        sum(own, cell -> cell.hour < 0),
        hours(own, of),
        burst(of),
        groups(own),
        bits(of),
        battery(own),
        rssi(own));
  }

  private Instant hour(int before) {
    return at.truncatedTo(ChronoUnit.HOURS).minus(before, ChronoUnit.HOURS);
  }

  private List<Hour> hours(List<Cell> own, Predicate<Long> of) {
    List<Hour> list = new ArrayList<>();
    for (int before = HOURS - 1; before >= 0; before--) {
      int which = before;
      Instant from = hour(before);
      long last = sum(own, cell -> cell.hour == which);
      Long reported = before == 0 ? Long.valueOf(last) : past(from, of);
      list.add(new Hour(from, reported, last));
    }
    return List.copyOf(list);
  }

  private Long past(Instant from, Predicate<Long> of) {
    return counted.contains(from)
        ? (Long)
            hours.stream()
                .filter(past -> past.hour.equals(from) && of.test(past.group))
                .mapToLong(Past::devices)
                .sum()
        : null;
  }

  private List<Second> burst(Predicate<Long> of) {
    Map<Instant, Long> sums = new TreeMap<>();
    seconds.stream()
        .filter(beat -> of.test(beat.group))
        .forEach(beat -> sums.merge(beat.at, beat.devices, Long::sum));
    return sums.entrySet().stream().map(e -> new Second(e.getKey(), e.getValue())).toList();
  }

  private static List<Group> groups(List<Cell> own) {
    Map<Long, long[]> sums = new TreeMap<>();
    for (Cell cell : own) {
      long[] sum = sums.computeIfAbsent(cell.group, group -> new long[2]);
      sum[0] += cell.devices;
      sum[1] += cell.has(SILENT) ? cell.devices : 0;
    }
    return sums.entrySet().stream()
        .map(
            e ->
                new Group(
                    e.getKey() == 0 ? null : new GroupId(e.getKey()),
                    e.getValue()[0],
                    e.getValue()[1]))
        .sorted(Comparator.comparing(group -> group.id() == null))
        .toList();
  }

  private List<Bit> bits(Predicate<Long> of) {
    Map<ErrorKind, long[]> sums = new EnumMap<>(ErrorKind.class);
    for (ErrorKind mask : ErrorKind.values()) {
      long[] sum = sums.computeIfAbsent(mask, m -> new long[BITS]);
      for (Masks each : masks) {
        for (int bit = 0; of.test(each.group) && bit < BITS; bit++) {
          sum[bit] += ((each.values.get(mask) >> bit) & 1) * each.devices;
        }
      }
    }
    List<Bit> bits = new ArrayList<>();
    sums.forEach(
        (mask, sum) ->
            IntStream.range(0, BITS)
                .filter(bit -> sum[bit] > 0)
                .forEach(bit -> bits.add(new Bit(mask, bit, sum[bit]))));
    bits.sort(Comparator.comparingLong(Bit::modules).reversed());
    return List.copyOf(bits);
  }

  private static List<Bin> battery(List<Cell> own) {
    return IntStream.rangeClosed(0, VOLTS.size())
        .mapToObj(
            bin ->
                new Bin(
                    bin == 0 ? "" : after(VOLTS.get(bin - 1)),
                    bin == VOLTS.size() ? "" : VOLTS.get(bin).toString(),
                    sum(own, cell -> cell.battery == bin)))
        .toList();
  }

  /**
   * The next value of 32 bits: both ends of a range belong to it, so the next bin begins there, and
   * nothing is shown twice or left out.
   */
  static String after(float volts) {
    return Float.toString(Math.nextUp(volts));
  }

  private static List<Bin> rssi(List<Cell> own) {
    return IntStream.rangeClosed(0, DBM.size())
        .mapToObj(
            bin ->
                new Bin(
                    bin == 0 ? "" : Integer.toString(DBM.get(bin - 1)),
                    bin == DBM.size() ? "" : Integer.toString(DBM.get(bin) - 1),
                    sum(own, cell -> cell.rssi == bin)))
        .toList();
  }

  private static long sum(List<Cell> cells, Predicate<Cell> which) {
    ToLongFunction<Cell> devices = Cell::devices;
    return cells.stream().filter(Objects::nonNull).filter(which).mapToLong(devices).sum();
  }
}
