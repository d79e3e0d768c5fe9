package org.kvantenergo.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.SessionContact;
import org.kvantenergo.event.Event;
import org.kvantenergo.session.SessionChange;
import org.kvantenergo.session.SessionRow;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.DeviceIdentity;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.Info;

/** A batch, taken apart into what each feature stores. Used by one delivery. */
final class Unpacked {

  private static final int PROTOCOL = 5;

  private final PacketBatch batch;
  private final Map<DeviceIdentity, DeviceId> strangers = new LinkedHashMap<>();
  private final RecordMapper mapper = new RecordMapper();
  private List<MeterRecord> records = List.of();

  Unpacked(PacketBatch batch) {
    this.batch = batch;
    for (Delivery delivery : batch.deliveries()) {
      if (delivery.session().admission().deviceId() == 0) {
        strangers.put(delivery.session().request().identity(), null);
      }
    }
  }

  /** The claims that had no row when their session was admitted. */
  List<DeviceClaim> strangers() {
    return strangers.keySet().stream().map(AdmissionService::claim).toList();
  }

  /** Their rows, in the same order; from here on everything has a device. */
  void name(List<DeviceId> ids) {
    int i = 0;
    for (Map.Entry<DeviceIdentity, DeviceId> stranger : strangers.entrySet()) {
      stranger.setValue(ids.get(i++));
    }
    records = new ArrayList<>();
    for (Delivery delivery : batch.deliveries()) {
      if (delivery instanceof Delivery.OfReadings frame) {
        Session session = frame.session();
        frame
            .readings()
            .records()
            .forEach(
                r ->
                    records.add(
                        mapper.map(
                            r,
                            device(session),
                            session.admission().sessionId(),
                            frame.receivedAt())));
      }
    }
  }

  /** All records, in the order of the batch. */
  List<MeterRecord> records() {
    return records;
  }

  /** One change a session. */
  List<SessionChange> sessions() {
    Map<Long, SessionChange> changes = new LinkedHashMap<>();
    for (Delivery delivery : batch.deliveries()) {
      Session session = delivery.session();
      long id = session.admission().sessionId();
      SessionChange known = changes.get(id);
      SessionChange change =
          known == null
              ? new SessionChange(id, device(session), start(session), null, null, null)
              : known;
      changes.put(id, with(change, delivery));
    }
    return List.copyOf(changes.values());
  }

  /** One contact a session. */
  List<SessionContact> contacts() {
    Map<Long, SessionContact> contacts = new LinkedHashMap<>();
    for (Delivery delivery : batch.deliveries()) {
      Session session = delivery.session();
      Hello hello = session.request().hello();
      long id = session.admission().sessionId();
      contacts.put(
          id,
          new SessionContact(
              device(session), id, PROTOCOL, hello.model(), hello.iccid(), at(delivery)));
    }
    return List.copyOf(contacts.values());
  }

  /** What others want to know of this batch. */
  List<Event> events() {
    Set<DeviceId> read = new LinkedHashSet<>();
    Set<DeviceId> changed = new LinkedHashSet<>();
    for (Delivery delivery : batch.deliveries()) {
      (delivery instanceof Delivery.OfReadings ? read : changed).add(device(delivery.session()));
    }
    List<Event> events = new ArrayList<>();
    if (!read.isEmpty()) {
      events.add(new Event.ReadingsStored(List.copyOf(read)));
    }
    if (!changed.isEmpty()) {
      events.add(new Event.SessionsChanged(List.copyOf(changed)));
    }
    if (!strangers.isEmpty()) {
      events.add(new Event.DevicesChanged(List.copyOf(strangers.values())));
    }
    return events;
  }

  /**
   * One reply a delivery: a frame was stored before only if none of its records is new.
   *
   * @param fresh places of the new records
   */
  List<Reply> replies(BitSet fresh) {
    List<Reply> replies = new ArrayList<>(batch.deliveries().size());
    int next = 0;
    for (Delivery delivery : batch.deliveries()) {
      boolean before = false;
      if (delivery instanceof Delivery.OfReadings frame) {
        int end = next + frame.readings().records().size();
        int first = fresh.nextSetBit(next);
        before = first < 0 || first >= end;
        next = end;
      }
      replies.add(new Reply(before, 0));
    }
    return replies;
  }

  private DeviceId device(Session session) {
    long id = session.admission().deviceId();
    return id == 0 ? strangers.get(session.request().identity()) : new DeviceId(id);
  }

  private static SessionChange with(SessionChange change, Delivery delivery) {
    if (delivery instanceof Delivery.OfInfo frame) {
      return new SessionChange(
          change.id(),
          change.device(),
          change.start(),
          frame.receivedAt(),
          info(frame.info()),
          change.end());
    }
    if (delivery instanceof Delivery.OfEnd end) {
      return new SessionChange(
          change.id(),
          change.device(),
          change.start(),
          change.infoAt(),
          change.info(),
          new SessionChange.End(end.endedAt(), end.reason().name(), end.frames()));
    }
    return change;
  }

  private static SessionChange.Start start(Session session) {
    Hello hello = session.request().hello();
    return new SessionChange.Start(
        session.request().node(),
        session.request().remoteAddress(),
        session.request().openedAt(),
        PROTOCOL,
        hello.model(),
        hello.firmware(),
        hello.iccid());
  }

  private static SessionRow.Info info(Info info) {
    boolean odd =
        info.contractDay() < 1
            || info.contractDay() > 28
            || info.contractHour() > 23
            || info.retries() > 10;
    return new SessionRow.Info(
        info.contractDay(),
        info.contractHour(),
        info.period(),
        info.apn(),
        info.login(),
        info.password(),
        info.rssi(),
        info.errorCount(),
        info.retries(),
        odd);
  }

  private static Instant at(Delivery delivery) {
    if (delivery instanceof Delivery.OfReadings frame) {
      return frame.receivedAt();
    }
    return delivery instanceof Delivery.OfInfo frame
        ? frame.receivedAt()
        : ((Delivery.OfEnd) delivery).endedAt();
  }
}
