package org.kvantenergo.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.kvantenergo.setaside.FrameContent;
import org.kvantenergo.setaside.FrameReader;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.MalformedPacketException;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketDecoder;
import org.kvantenergo.wire.packet.Reading;
import org.kvantenergo.wire.packet.Readings;

/** Reads frames with the decoder of the wire, for those who may not see it. */
@ApplicationScoped
public class WireFrameReader implements FrameReader {

  @Override
  public FrameContent read(int type, byte[] payload) {
    Packet.Uplink packet = decode(type, payload);
    if (packet instanceof Readings readings) {
      return new FrameContent.OfReadings(
          readings.records().stream().map(WireFrameReader::entry).toList());
    }
    if (packet instanceof Info info) {
      return new FrameContent.OfInfo(
          info.contractDay(),
          info.contractHour(),
          info.period(),
          info.rssi(),
          info.errorCount(),
          info.retries(),
          info.apn());
    }
    if (packet instanceof CommandResult result) {
      return new FrameContent.OfResult(result.commandId(), result.code());
    }
    throw new IllegalArgumentException("frames of type " + type + " are not set aside");
  }

  private static Packet.Uplink decode(int type, byte[] payload) {
    try {
      return PacketDecoder.uplink(type, payload);
    } catch (MalformedPacketException e) {
      throw new IllegalArgumentException("a frame that was set aside is not one", e);
    }
  }

  private static FrameContent.Entry entry(Reading r) {
    return new FrameContent.Entry(
        r.recordNumber(),
        Instant.ofEpochSecond(r.moduleTime()),
        Instant.ofEpochSecond(r.meterTime()),
        r.reading(),
        r.resource(),
        r.temperature(),
        r.battery(),
        r.status());
  }
}
