package org.kvantenergo.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.kvantenergo.device.DeviceRegistry;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.NewDevice;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.wire.AckReceipt;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.BatchReply;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.SessionRequest;

/**
 * Does with packets what the real way does, by the same services, on {@link RehearsalTables}. What
 * the real way remembers between batches it has of its own. In the transaction of the delivery; any
 * thread.
 */
@ApplicationScoped
public class RehearsalService {

  private static final int MODEL = 642;

  private final RehearsalTables tables;
  private final DeviceRegistry registry;
  private final AdmissionService realAdmissions;
  private final Intake realIntake;
  private final AckBook acks;
  private volatile AdmissionService admissions;
  private volatile Intake intake;

  @Inject
  public RehearsalService(
      RehearsalTables tables,
      DeviceRegistry registry,
      AdmissionService realAdmissions,
      Intake realIntake,
      AckBook acks) {
    this.tables = tables;
    this.registry = registry;
    this.realAdmissions = realAdmissions;
    this.realIntake = realIntake;
    this.acks = acks;
  }

  /** For the proxies of CDI. */
  protected RehearsalService() {
    this(null, null, null, null, null);
  }

  /** Makes the tables and registers modules 1, 2, … in them. */
  void prepare(int modules) {
    AtomicLong batches = new AtomicLong();
    admissions = realAdmissions.apart();
    intake = realIntake.apart(batches::incrementAndGet);
    tables.make();
    tables.enter();
    List<NewDevice> devices =
        LongStream.rangeClosed(1, modules)
            .mapToObj(i -> new NewDevice(DeviceRow.Kind.MODULE, i, i, MODEL, Instant.EPOCH))
            .toList();
    registry.register(new OrganisationId(1), new GroupId(1), devices);
  }

  List<Admission> admit(List<SessionRequest> requests) {
    tables.enter();
    return admissions.admit(requests);
  }

  BatchReply deliver(PacketBatch batch) {
    tables.enter();
    return intake.store(batch);
  }

  void acknowledged(List<AckReceipt> receipts) {
    tables.enter();
    acks.note(receipts);
  }

  void finish() {
    tables.drop();
  }
}
