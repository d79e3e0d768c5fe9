package org.kvantenergo.ingest;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.reading.Evidence;
import org.kvantenergo.reading.FrameArchive;
import org.kvantenergo.shared.MeterRecord;
import org.kvantenergo.wire.frame.FrameEncoder;
import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Readings;
import org.kvantenergo.wire.packet.Relay;

/** Makes a READINGS frame again of the records that it held. */
final class Frames {

  private Frames() {}

  /**
   * What goes around the payload.
   *
   * @param seq u16; null = not known
   * @param untagged whether the frame carried no tag
   * @param key with which its tag can be made again; null if there was none or it is not known
   */
  record Envelope(Integer seq, boolean untagged, FrameKey key) {}

  /**
   * The frame that brought a record, as far as it can be made again.
   *
   * @param known its records; those whose bytes are not what came count as missing
   */
  static Evidence.Frame again(
      FrameArchive.Archived archived, List<MeterRecord> known, Envelope envelope) {
    MeterRecord.Place place = archived.record().place();
    if (place == null || place.records() == 0) {
      return new Evidence.Frame.Unknown();
    }
    RecordMapper mapper = new RecordMapper();
    SortedMap<Integer, byte[]> records = new TreeMap<>();
    for (MeterRecord record : known) {
      if (mapper.intact(record)) {
        records.put(record.place().position(), RecordMapper.bytes(record));
      }
    }
    if (records.size() < place.records()) {
      return new Evidence.Frame.Partial(records.size(), place.records());
    }
    ByteBuffer inner = ByteBuffer.allocate(1 + records.size() * PacketEncoder.RECORD_LENGTH);
    inner.put((byte) records.size());
    records.values().forEach(inner::put);
    return archived.kind() == DeviceRow.Kind.BLOCK
        ? framed(
            Relay.TYPE,
            PacketEncoder.payload(new Relay(archived.serial(), Readings.TYPE, inner.array())),
            envelope)
        : framed(Readings.TYPE, inner.array(), envelope);
  }

  private static Evidence.Frame framed(int type, byte[] payload, Envelope envelope) {
    if (envelope.seq != null && envelope.key != null) {
      return new Evidence.Frame.Whole(
          envelope.seq, envelope.key.encode(FrameKey.Direction.UP, type, envelope.seq, payload));
    }
    return envelope.seq != null && envelope.untagged
        ? new Evidence.Frame.Whole(envelope.seq, FrameEncoder.encode(type, envelope.seq, payload))
        : new Evidence.Frame.Payload(payload);
  }
}
