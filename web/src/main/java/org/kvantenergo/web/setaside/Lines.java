package org.kvantenergo.web.setaside;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.kvantenergo.setaside.FrameContent;
import org.kvantenergo.setaside.SetAsideDetail;
import org.kvantenergo.setaside.SetAsideRow;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.format.Status;

/** From what the feature says to what the viewer sees: language and zone. */
final class Lines {

  private static final int BYTES = 16;
  private static final String SAID = "ERROR: ";

  private final Numbers numbers;
  private final ZoneId zone;
  private final Instant now;
  private final LocalDate today;

  Lines(Locale locale, ZoneId zone, Clock clock) {
    this.numbers = new Numbers(locale);
    this.zone = zone;
    this.now = clock.instant();
    this.today = LocalDate.ofInstant(now, zone);
  }

  FrameLine line(SetAsideRow row, long number) {
    return new FrameLine(
        row.id(),
        numbers.whole(number),
        moment(row.receivedAt()),
        Identifier.imei(row.imei()),
        Identifier.serial(row.serial()),
        row.type().name(),
        row.records() == 0 ? "" : numbers.whole(row.records()),
        row.sqlState(),
        said(row.message()),
        numbers.whole(row.attempts()),
        moment(row.nextTryAt()),
        state(row),
        moment(row.storedAt()));
  }

  /** Without what was being done: that is the same for all of a kind. */
  private static String said(String message) {
    String first = message.lines().findFirst().orElse("");
    int at = first.indexOf(SAID);
    return at < 0 ? first : first.substring(at + SAID.length());
  }

  private FrameLine.State state(SetAsideRow row) {
    if (row.storedAt() != null) {
      return FrameLine.State.STORED;
    }
    return row.nextTryAt().isAfter(now) ? FrameLine.State.WAITING : FrameLine.State.DUE;
  }

  FrameDetail detail(SetAsideDetail frame) {
    List<RecordLine> records = new ArrayList<>();
    if (frame.content() instanceof FrameContent.OfReadings readings) {
      readings.records().forEach(entry -> records.add(record(entry, records.size() + 1)));
    }
    String state = frame.row().sqlState();
    return new FrameDetail(
        line(frame.row(), 0),
        frame.row().message(),
        state.length() < 2 ? "" : "sqlstate." + state.substring(0, 2),
        String.valueOf(frame.sessionId()),
        frame.node(),
        frame.remoteAddress(),
        frame.stationSerial() == 0 ? "" : Identifier.serial(frame.stationSerial()).text(),
        frame.content() instanceof FrameContent.OfReadings,
        records,
        fields(frame.content()),
        frame.payload().length == 0 ? "" : numbers.whole(frame.payload().length),
        dump(frame.payload()));
  }

  private RecordLine record(FrameContent.Entry entry, int number) {
    return new RecordLine(
        numbers.whole(number),
        numbers.whole(entry.recordNumber()),
        moment(entry.moduleTime()),
        moment(entry.meterTime()),
        numbers.sent(entry.reading()),
        numbers.sent(entry.resource()),
        numbers.sent(entry.temperature()),
        numbers.sent(entry.battery()),
        Status.of(entry.status()));
  }

  private List<FrameDetail.Field> fields(FrameContent content) {
    if (content instanceof FrameContent.OfInfo info) {
      return List.of(
          new FrameDetail.Field("full.contractDay", numbers.whole(info.contractDay())),
          new FrameDetail.Field("full.contractHour", numbers.whole(info.contractHour())),
          new FrameDetail.Field("full.exchange", numbers.whole(info.periodMinutes())),
          new FrameDetail.Field("full.rssi", numbers.whole(info.rssi())),
          new FrameDetail.Field("full.errorCount", numbers.whole(info.errorCount())),
          new FrameDetail.Field("aside.retries", numbers.whole(info.retries())),
          new FrameDetail.Field("aside.apn", info.apn().isEmpty() ? "—" : info.apn()));
    }
    if (content instanceof FrameContent.OfResult result) {
      return List.of(
          new FrameDetail.Field("aside.command", String.valueOf(result.commandId())),
          new FrameDetail.Field("aside.code", String.valueOf(result.code())));
    }
    return List.of();
  }

  private static List<FrameDetail.Bytes> dump(byte[] payload) {
    HexFormat hex = HexFormat.ofDelimiter(" ");
    List<FrameDetail.Bytes> lines = new ArrayList<>();
    for (int at = 0; at < payload.length; at += BYTES) {
      lines.add(
          new FrameDetail.Bytes(
              "%04x".formatted(at),
              hex.formatHex(payload, at, Math.min(at + BYTES, payload.length))));
    }
    return lines;
  }

  String whole(long value) {
    return numbers.whole(value);
  }

  private Moment moment(Instant instant) {
    return Moment.of(instant, zone, today);
  }
}
