package org.kvantenergo.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Reading;

/** Modules of the operator's manual and what they recorded. */
final class Fleet {

  static final long IMEI_2 = 868333030969592L;
  static final long SERIAL_2 = 207900001221L;

  private Fleet() {}

  /**
   * A line of readings.csv.
   *
   * @param imei whose
   * @param serial whose
   * @param receivedAt as recorded
   * @param reading the record
   */
  record Recorded(long imei, long serial, Instant receivedAt, Reading reading) {}

  static List<Recorded> recorded() {
    try (InputStream in = Fleet.class.getResourceAsStream("/readings.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> recorded(line.split(",", -1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Recorded recorded(String[] c) {
    Reading reading =
        new Reading(
            Long.parseLong(c[2]),
            OffsetDateTime.parse(c[4]).toEpochSecond(),
            OffsetDateTime.parse(c[5]).toEpochSecond(),
            Double.parseDouble(c[13]),
            Float.parseFloat(c[6]),
            Float.parseFloat(c[12]),
            Float.parseFloat(c[14]),
            Integer.parseInt(c[7]),
            Integer.parseInt(c[8]),
            Integer.parseInt(c[9]),
            Integer.parseInt(c[10]),
            Integer.parseInt(c[11]),
            Integer.parseInt(c[15]),
            Integer.parseInt(c[18]),
            Integer.parseInt(c[19]),
            Integer.parseInt(c[20]),
            Long.parseLong(c[21]),
            Integer.parseInt(c[22]));
    return new Recorded(
        Long.parseLong(c[0]),
        Long.parseLong(c[1]),
        OffsetDateTime.parse(c[3]).toInstant(),
        reading);
  }

  static SessionRequest request(DeviceKind kind, long imei, long serial) {
    Hello hello = new Hello(kind, imei, serial, 642, 261, "8970101008538006975", 1);
    return new SessionRequest(
        hello,
        frame(hello),
        "127.0.0.1",
        40_000,
        "node-1",
        Instant.parse("2021-02-15T11:00:00Z"),
        false);
  }

  /** A HELLO without a tag. */
  static Frame frame(Hello hello) {
    return new Frame(0, Hello.TYPE, 1, PacketEncoder.payload(hello), new byte[0]);
  }

  static SessionRequest module(long imei, long serial) {
    return request(DeviceKind.MODULE, imei, serial);
  }

  static Session session(SessionRequest request, Admission admission) {
    return new Session(request, admission);
  }
}
