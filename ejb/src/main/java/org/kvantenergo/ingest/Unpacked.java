package org.kvantenergo.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kvantenergo.command.CommandLeases;
import org.kvantenergo.command.CommandProofs;
import org.kvantenergo.device.DeviceStates;
import org.kvantenergo.device.SessionContact;
import org.kvantenergo.event.Event;
import org.kvantenergo.session.Authentication;
import org.kvantenergo.session.SessionChange;
import org.kvantenergo.session.SessionRow;
import org.kvantenergo.session.SessionStore;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.Reading;

/** A batch, taken apart into what each feature stores. Used by one delivery. */
final class Unpacked {

  private static final int PROTOCOL = 5;
  private static final String RELAYED = "RELAYED";

  private final long batchId;
  private final Subjects subjects;
  private final List<Placed> batch;

  /** Everything has its device already. */
  Unpacked(long batchId, Subjects subjects) {
    this.batchId = batchId;
    this.subjects = subjects;
    this.batch = subjects.stored();
  }

  private record Row(long session, DeviceId device) {}

  /** All records, in the order of the batch. */
  List<MeterRecord> records() {
    RecordMapper mapper = new RecordMapper();
    List<MeterRecord> records = new ArrayList<>();
    for (Placed placed : batch) {
      if (placed.delivery() instanceof Delivery.OfReadings frame) {
        DeviceId device = subjects.device(frame);
        long session = frame.session().admission().sessionId();
        int position = 0;
        int count = frame.packet().records().size();
        for (Reading reading : frame.packet().records()) {
          MeterRecord.Place place =
              new MeterRecord.Place(batchId, placed.place(), position++, count);
          records.add(mapper.map(reading, device, session, place, frame.at()));
        }
      }
    }
    return records;
  }

  /** One change a session and device, of those that begin, bring INFO or end. */
  List<SessionChange> sessions() {
    Map<Row, SessionChange> changes = new LinkedHashMap<>();
    for (Placed placed : batch) {
      Delivery delivery = placed.delivery();
      if (delivery instanceof Delivery.OfStart
          || delivery instanceof Delivery.OfInfo
          || delivery instanceof Delivery.OfEnd) {
        long id = delivery.session().admission().sessionId();
        DeviceId device = subjects.device(delivery);
        SessionChange known =
            changes.getOrDefault(
                new Row(id, device),
                new SessionChange(id, device, start(delivery), null, null, null));
        changes.put(new Row(id, device), with(known, delivery));
      }
    }
    return List.copyOf(changes.values());
  }

  /** Those of {@link #sessions} that begin in this batch. */
  List<SessionStore.Begun> starts(Map<DeviceId, DeviceStates.Epoch> epochs) {
    return batch.stream()
        .map(Placed::delivery)
        .filter(Delivery.OfStart.class::isInstance)
        .map(
            d -> {
              DeviceId device = subjects.device(d);
              DeviceStates.Epoch epoch = epochs.get(device);
              return new SessionStore.Begun(
                  d.session().admission().sessionId(),
                  device,
                  d.session().request().node(),
                  d.session().request().openedAt(),
                  epoch.session(),
                  epoch.previous(),
                  agreed(d.session()));
            })
        .toList();
  }

  private static SessionStore.Agreed agreed(Session session) {
    return new SessionStore.Agreed(
        session.admission().result() == HelloAck.Result.ACCEPTED,
        session.admission().key() == null
            ? null
            : (Long) AdmissionService.counter(session.request().hello()));
  }

  /** One contact a session and device. */
  List<SessionContact> contacts() {
    Map<Row, SessionContact> contacts = new LinkedHashMap<>();
    for (Placed placed : batch) {
      Delivery delivery = placed.delivery();
      if (delivery instanceof Delivery.Frame
          || delivery instanceof Delivery.OfStart
          || delivery instanceof Delivery.OfPing) {
        SessionContact contact = contact(delivery);
        contacts.put(new Row(contact.sessionId(), contact.device()), contact);
      }
    }
    return List.copyOf(contacts.values());
  }

  private SessionContact contact(Delivery delivery) {
    Session session = delivery.session();
    long id = session.admission().sessionId();
    DeviceId device = subjects.device(delivery);
    if (Subjects.blockOf(delivery) == 0) {
      Hello hello = session.request().hello();
      return new SessionContact(
          device, id, PROTOCOL, hello.model(), hello.iccid(), null, delivery.at());
    }
    return new SessionContact(
        device, id, PROTOCOL, 0, "", subjects.station(delivery), delivery.at());
  }

  /** Results of commands, in the order of the batch. */
  List<CommandLeases.Result> results() {
    return batch.stream()
        .map(Placed::delivery)
        .filter(Delivery.OfResult.class::isInstance)
        .map(Delivery.OfResult.class::cast)
        .map(
            r ->
                new CommandLeases.Result(
                    subjects.device(r),
                    r.packet().commandId(),
                    r.packet().code(),
                    r.session().admission().sessionId(),
                    r.at()))
        .toList();
  }

  /** The last INFO of each device. */
  List<CommandProofs.SeenInfo> infos() {
    Map<DeviceId, Delivery.OfInfo> last = new LinkedHashMap<>();
    Map<DeviceId, Set<Long>> notYet = new LinkedHashMap<>();
    for (Placed placed : batch) {
      if (placed.delivery() instanceof Delivery.OfInfo info) {
        last.put(subjects.device(info), info);
        notYet.put(subjects.device(info), new HashSet<>());
      } else if (placed.delivery() instanceof Delivery.OfResult result) {
        notYet
            .getOrDefault(subjects.device(result), new HashSet<>())
            .add(result.packet().commandId());
      }
    }
    return last.entrySet().stream()
        .map(e -> seen(e.getKey(), e.getValue(), notYet.get(e.getKey())))
        .toList();
  }

  private static CommandProofs.SeenInfo seen(
      DeviceId device, Delivery.OfInfo info, Set<Long> notYet) {
    Info said = info.packet();
    return new CommandProofs.SeenInfo(
        device,
        info.session().admission().sessionId(),
        info.at(),
        new CommandProofs.Settings(
            said.contractDay(),
            said.contractHour(),
            said.period(),
            said.retries(),
            said.apn(),
            said.login(),
            said.password()),
        notYet);
  }

  /** Who may be sent a command: of a device's sessions in the batch only the newest. */
  List<CommandLeases.Taker> takers() {
    Map<DeviceId, Long> newest = new LinkedHashMap<>();
    for (Placed placed : batch) {
      if (subjects.takesCommands(placed.delivery())) {
        newest.merge(
            subjects.device(placed.delivery()),
            placed.delivery().session().admission().sessionId(),
            Math::max);
      }
    }
    return newest.entrySet().stream()
        .map(e -> new CommandLeases.Taker(e.getKey(), e.getValue()))
        .toList();
  }

  /** Commands that were written to their connections. */
  Map<Long, Instant> sent() {
    Map<Long, Instant> sent = new LinkedHashMap<>();
    for (Placed placed : batch) {
      if (placed.delivery() instanceof Delivery.OfCommandSent command) {
        sent.put(command.commandId(), command.at());
      }
    }
    return sent;
  }

  /** What others want to know of this batch. */
  List<Event> events() {
    Set<DeviceId> read = new LinkedHashSet<>();
    Set<DeviceId> changed = new LinkedHashSet<>();
    for (Placed placed : batch) {
      Delivery delivery = placed.delivery();
      if (delivery instanceof Delivery.OfReadings) {
        read.add(subjects.device(delivery));
      } else if (!(delivery instanceof Delivery.OfPing)) {
        changed.add(subjects.device(delivery));
      }
    }
    List<Event> events = new ArrayList<>();
    if (!read.isEmpty()) {
      events.add(new Event.ReadingsStored(List.copyOf(read)));
    }
    if (!changed.isEmpty()) {
      events.add(new Event.SessionsChanged(List.copyOf(changed)));
    }
    if (!subjects.made().isEmpty()) {
      events.add(new Event.DevicesChanged(subjects.made()));
    }
    return events;
  }

  private static SessionChange with(SessionChange change, Delivery delivery) {
    Instant infoAt = change.infoAt();
    SessionRow.Info info = change.info();
    SessionChange.End end = change.end();
    if (delivery instanceof Delivery.OfInfo frame) {
      infoAt = frame.at();
      info = info(frame.packet());
      end = frame.block() == 0 ? end : new SessionChange.End(frame.at(), RELAYED, 1);
    } else if (delivery instanceof Delivery.OfEnd ended) {
      end = new SessionChange.End(ended.at(), ended.reason().name(), ended.frames());
    }
    return new SessionChange(change.id(), change.device(), change.start(), infoAt, info, end);
  }

  private static SessionChange.Start start(Delivery delivery) {
    var request = delivery.session().request();
    Hello hello = request.hello();
    boolean own = Subjects.blockOf(delivery) == 0;
    return new SessionChange.Start(
        request.node(),
        request.remote(),
        own ? request.openedAt() : delivery.at(),
        PROTOCOL,
        own ? hello.model() : 0,
        own ? hello.firmware() : 0,
        own ? hello.iccid() : "",
        authentication(delivery.session()),
        delivery.session().admission().key() == null ? null : (Long) hello.nonce());
  }

  private static Authentication authentication(Session session) {
    if (session.admission().key() != null) {
      return Authentication.CHECKED;
    }
    return session.request().frame().authenticated()
        ? Authentication.UNCHECKED
        : Authentication.NONE;
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
}
