package org.kvantenergo.benchmark.insert;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Made-up records, column by column: one frame each of some devices, in turn. No record comes
 * twice. One thread; the arrays are filled anew by {@link #next}. Units are those of the columns.
 */
final class Rows {

  /** In a frame; the last one is the newest, which the state of the device is taken from. */
  final int records;

  /** In the batch. */
  final int size;

  final long[] device;
  final long[] moduleTime;
  final long[] recordNumber;
  final long[] digest;
  final long[] meterTime;

  /** µs since 1970. */
  final long[] receivedAt;

  final long[] session;
  final double[] reading;
  final float[] resource;
  final float[] temperature;
  final float[] battery;

  /** What is 0 in every record: error masks, marks. */
  final int[] none;

  final int[] status;
  final short[] rssi;
  final short[] band;
  final int[] period;
  final long[] sessionsTotal;
  final int[] sessionsDay;
  final byte[][] raw;
  final long[] batch;
  final short[] frame;
  final short[] position;
  final short[] frameRecords;

  private static final int INSTANTANEOUS = 8193;
  private static final long METER_LAG_SECONDS = 2;

  /** Numbers of records and batches: no two runs in one schema have the same. */
  private static final AtomicLong BATCHES = new AtomicLong();

  private final Slice slice;
  private final Clock clock;
  private int turn;

  /**
   * Whose records.
   *
   * @param first id of the first device
   * @param step from id to id
   * @param count devices
   */
  record Slice(int first, int step, int count) {}

  /**
   * Nothing is filled yet.
   *
   * @param frames how many a batch, at most one a device
   * @param records in a frame, 1..64
   */
  Rows(Slice slice, Clock clock, int frames, int records) {
    if (frames < 1 || frames > slice.count) {
      throw new IllegalArgumentException(frames + " frames of " + slice.count + " devices");
    }
    this.slice = slice;
    this.clock = clock;
    this.records = records;
    this.size = frames * records;
    device = new long[size];
    moduleTime = new long[size];
    recordNumber = new long[size];
    digest = new long[size];
    meterTime = new long[size];
    receivedAt = new long[size];
    session = new long[size];
    reading = new double[size];
    resource = new float[size];
    temperature = new float[size];
    battery = new float[size];
    none = new int[size];
    status = new int[size];
    rssi = new short[size];
    band = new short[size];
    period = new int[size];
    sessionsTotal = new long[size];
    sessionsDay = new int[size];
    raw = new byte[size][];
    batch = new long[size];
    frame = new short[size];
    position = new short[size];
    frameRecords = new short[size];
    constants();
  }

  private void constants() {
    Arrays.fill(status, INSTANTANEOUS);
    Arrays.fill(period, 60);
    Arrays.fill(sessionsDay, 24);
    Arrays.fill(frameRecords, (short) records);
    for (int i = 0; i < size; i++) {
      frame[i] = (short) (i / records);
      position[i] = (short) (i % records);
    }
  }

  /** One array a column of the table, in its order. */
  Object[] columns() {
    return new Object[] {
      device,
      moduleTime,
      recordNumber,
      digest,
      meterTime,
      receivedAt,
      session,
      reading,
      resource,
      temperature,
      battery,
      none,
      none,
      none,
      none,
      none,
      status,
      rssi,
      band,
      period,
      sessionsTotal,
      sessionsDay,
      none,
      raw,
      batch,
      frame,
      position,
      frameRecords
    };
  }

  /** The next batch. */
  void next() {
    Instant now = clock.instant();
    long number = BATCHES.incrementAndGet();
    Arrays.fill(batch, number);
    Arrays.fill(moduleTime, now.getEpochSecond());
    Arrays.fill(meterTime, now.getEpochSecond() - METER_LAG_SECONDS);
    Arrays.fill(receivedAt, ChronoUnit.MICROS.between(Instant.EPOCH, now));
    for (int i = 0; i < size; i++) {
      if (i % records == 0 && i > 0) {
        turn++;
      }
      record(i, slice.first + (long) slice.step * (turn % slice.count), number * 64 + position[i]);
    }
    turn = (turn + 1) % slice.count;
  }

  private void record(int i, long id, long number) {
    long noise = mixed(id * 0x1_0000_0000L + number);
    device[i] = id;
    session[i] = 1_000_000 + id;
    recordNumber[i] = number;
    digest[i] = noise;
    sessionsTotal[i] = number;
    reading[i] = id % 500 + number * 1e-4;
    resource[i] = (float) (number % 90_000 / 900.0);
    temperature[i] = 18 + (noise & 0x3FF) / 256f;
    battery[i] = 3.6f - (noise >>> 10 & 0xFF) / 2048f;
    rssi[i] = (short) (-62 - (noise >>> 18 & 0x1F));
  }

  /** Every bit of the result depends on every bit given (the finaliser of SplitMix64). */
  private static long mixed(long z) {
    long once = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
    return twice ^ (twice >>> 31);
  }
}
