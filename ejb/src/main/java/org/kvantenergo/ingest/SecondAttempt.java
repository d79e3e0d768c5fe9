package org.kvantenergo.ingest;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.DeviceRegistry;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.Standing;
import org.kvantenergo.session.SessionChange;
import org.kvantenergo.session.SessionStore;
import org.kvantenergo.setaside.FailedFrame;
import org.kvantenergo.setaside.SetAsideStore;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.frame.Frame;
import org.kvantenergo.wire.packet.CommandResult;
import org.kvantenergo.wire.packet.DeviceKind;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Info;
import org.kvantenergo.wire.packet.MalformedPacketException;
import org.kvantenergo.wire.packet.Packet;
import org.kvantenergo.wire.packet.PacketDecoder;
import org.kvantenergo.wire.packet.PacketEncoder;
import org.kvantenergo.wire.packet.Readings;

/** Takes a frame that was set aside through the steps of the ingest once more. */
@Stateless
public class SecondAttempt {

  private static final System.Logger LOG = System.getLogger(SecondAttempt.class.getName());

  private final SetAsideStore aside;
  private final IngestService ingest;
  private final Salvage salvage;
  private final BatchIds ids;
  private final DeviceRegistry registry;
  private final SessionStore sessions;

  @Inject
  public SecondAttempt(
      SetAsideStore aside,
      IngestService ingest,
      Salvage salvage,
      BatchIds ids,
      DeviceRegistry registry,
      SessionStore sessions) {
    this.aside = aside;
    this.ingest = ingest;
    this.salvage = salvage;
    this.ids = ids;
    this.registry = registry;
    this.sessions = sessions;
  }

  /** For the container's proxies. */
  public SecondAttempt() {
    this(null, null, null, null, null, null);
  }

  /**
   * Tries the one that has been due longest.
   *
   * @return whether there was one
   */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public boolean next() {
    Optional<SetAsideStore.Due> due = aside.take();
    due.ifPresent(this::attempt);
    return due.isPresent();
  }

  private void attempt(SetAsideStore.Due due) {
    FailedFrame frame = due.frame();
    Packet.Uplink packet;
    try {
      packet = PacketDecoder.uplink(frame.type(), frame.payload());
    } catch (MalformedPacketException e) {
      // Cannot be: it was decoded before it was kept. If it is, those behind it must not wait for
      // it.
      aside.failedAgain(due.id(), "", e.getMessage());
      return;
    }
    try {
      long batchId = ids.next();
      Placed placed = new Placed(0, delivery(frame, packet));
      Reply reply = salvage.attempt(() -> ingest.storeLate(batchId, placed));
      if (reply.kind() == Reply.Kind.REFUSED || reply.kind() == Reply.Kind.BLOCK_BLOCKED) {
        aside.failedAgain(due.id(), "", "not stored: " + reply.kind());
        return;
      }
      aside.stored(due.id(), batchId);
      ServerMessage.FRAME_STORED_LATER.log(
          LOG, due.id(), frame.block() == 0 ? frame.claim().serial() : frame.block());
    } catch (DatabaseException e) {
      if (!e.blamesData()) {
        throw e;
      }
      aside.failedAgain(due.id(), e.sqlState(), e.getMessage());
    }
  }

  private Delivery delivery(FailedFrame frame, Packet.Uplink packet) {
    Session session = session(frame);
    if (packet instanceof Readings readings) {
      return new Delivery.OfReadings(session, frame.block(), frame.receivedAt(), readings);
    }
    return packet instanceof Info info
        ? new Delivery.OfInfo(session, frame.block(), frame.receivedAt(), info)
        : new Delivery.OfResult(session, frame.block(), frame.receivedAt(), (CommandResult) packet);
  }

  /** The session as it was, its device as it stands now. */
  private Session session(FailedFrame frame) {
    DeviceClaim claim = frame.claim();
    Optional<SessionChange.Start> start = sessions.start(frame.sessionId());
    Hello hello =
        new Hello(
            claim.kind() == DeviceRow.Kind.BASE_STATION
                ? DeviceKind.BASE_STATION
                : DeviceKind.MODULE,
            claim.imei(),
            claim.serial(),
            start.map(SessionChange.Start::model).orElse(0),
            start.map(SessionChange.Start::firmware).orElse(0),
            start.map(SessionChange.Start::iccid).orElse(""),
            0);
    int flags = frame.unproven() ? Frame.AUTH : 0;
    byte[] tag = new byte[frame.unproven() ? Frame.TAG : 0];
    SessionRequest request =
        new SessionRequest(
            hello,
            new Frame(flags, Hello.TYPE, 1, PacketEncoder.payload(hello), tag),
            address(frame.remoteAddress()),
            port(frame.remoteAddress()),
            frame.node(),
            start.map(SessionChange.Start::openedAt).orElse(frame.receivedAt()),
            false);
    return new Session(request, admission(frame));
  }

  /** It is the device's that has the row of the session, even if it is called otherwise by now. */
  private Admission admission(FailedFrame frame) {
    Optional<DeviceRegistry.Bearer> bearer =
        frame.device() == null ? Optional.empty() : registry.bearer(frame.device());
    if (bearer.isPresent()) {
      return admission(frame, bearer.get().device().value(), bearer.get().registered());
    }
    Standing standing = registry.standings(List.of(frame.claim())).get(0);
    return standing.registered() == null || frame.unproven()
        ? admission(frame, 0, false)
        : admission(frame, standing.registered().value(), true);
  }

  private static Admission admission(FailedFrame frame, long device, boolean registered) {
    return new Admission(
        registered ? HelloAck.Result.ACCEPTED : HelloAck.Result.NOT_REGISTERED,
        frame.sessionId(),
        device,
        0,
        null);
  }

  private static String address(String remote) {
    return remote.substring(0, remote.lastIndexOf(':'));
  }

  private static int port(String remote) {
    return Integer.parseInt(remote.substring(remote.lastIndexOf(':') + 1));
  }
}
