package org.kvantenergo.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceKeys;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.reading.Custody;
import org.kvantenergo.reading.Evidence;
import org.kvantenergo.reading.FrameArchive;
import org.kvantenergo.reading.RecordKey;
import org.kvantenergo.session.Authentication;
import org.kvantenergo.session.SessionChange;
import org.kvantenergo.session.SessionStore;
import org.kvantenergo.setaside.SetAsideStore;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.wire.frame.FrameKey;

/**
 * Puts together what each feature knows of how a record came. Here, and not in reading, because a
 * frame is made again as the wire has it.
 */
@ApplicationScoped
public class CustodyService implements Custody {

  private final FrameArchive archive;
  private final SessionStore sessions;
  private final AckBook acks;
  private final SetAsideStore aside;
  private final DeviceKeys keys;
  private final DeviceDirectory directory;

  @Inject
  public CustodyService(
      FrameArchive archive,
      SessionStore sessions,
      AckBook acks,
      SetAsideStore aside,
      DeviceKeys keys,
      DeviceDirectory directory) {
    this.archive = archive;
    this.sessions = sessions;
    this.acks = acks;
    this.aside = aside;
    this.keys = keys;
    this.directory = directory;
  }

  /** For the proxies of CDI. */
  protected CustodyService() {
    this(null, null, null, null, null, null);
  }

  @Override
  public Optional<Evidence> of(Scope scope, DeviceId device, RecordKey record) {
    return archive.find(scope, device, record).map(archived -> evidence(scope, archived));
  }

  private Evidence evidence(Scope scope, FrameArchive.Archived archived) {
    MeterRecord record = archived.record();
    MeterRecord.Place place = record.place();
    SessionChange session = sessions.opened(record.sessionId()).orElse(null);
    Optional<SetAsideStore.Delayed> delayed =
        place == null ? Optional.empty() : aside.storedWith(place.batchId());
    AckBook.Noted noted =
        place == null
            ? null
            : acks.find(
                    delayed.map(SetAsideStore.Delayed::batchId).orElse(place.batchId()),
                    delayed.map(SetAsideStore.Delayed::place).orElse(place.frame()),
                    record.sessionId())
                .orElse(null);
    List<MeterRecord> known = place == null ? List.of() : archive.frame(record);
    return new Evidence(
        RecordMapper.bytes(record),
        new RecordMapper().intact(record),
        record.receivedAt(),
        session == null ? null : session(scope, session, archived.kind()),
        place == null
            ? null
            : new Evidence.Place(place.batchId(), place.frame(), place.position(), place.records()),
        Frames.again(archived, known, envelope(session, noted)),
        noted == null ? null : new Evidence.Acknowledgement(noted.storedAt(), noted.sentAt()),
        delayed.map(d -> new Evidence.SetAside(d.keptAt(), d.storedAt())).orElse(null),
        archived.repeats());
  }

  private Evidence.Session session(Scope scope, SessionChange session, DeviceRow.Kind kind) {
    SessionChange.Start start = session.start();
    boolean relayed = kind == DeviceRow.Kind.BLOCK;
    long station =
        relayed ? directory.find(scope, session.device()).map(DeviceRow::serial).orElse(0L) : 0;
    return new Evidence.Session(
        session.id(),
        start.node(),
        start.remoteAddress(),
        start.openedAt(),
        start.authentication() == null ? null : tag(start.authentication()),
        relayed,
        station);
  }

  private static Evidence.Tag tag(Authentication authentication) {
    return switch (authentication) {
      case NONE -> Evidence.Tag.NONE;
      case UNCHECKED -> Evidence.Tag.UNCHECKED;
      case CHECKED -> Evidence.Tag.CHECKED;
    };
  }

  /** A tag that was right is the one that the key gives, if the device still holds that key. */
  private Frames.Envelope envelope(SessionChange session, AckBook.Noted noted) {
    Integer seq = noted == null ? null : (Integer) noted.seq();
    if (session == null || seq == null || session.start().authentication() == null) {
      return new Frames.Envelope(seq, false, null);
    }
    FrameKey key =
        session.start().authentication() == Authentication.CHECKED
            ? keys.heldSince(session.device(), session.start().openedAt())
                .map(bytes -> new FrameKey(bytes, session.start().nonce()))
                .orElse(null)
            : null;
    return new Frames.Envelope(seq, session.start().authentication() == Authentication.NONE, key);
  }
}
