package org.kvantenergo.ingest;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import java.util.List;
import org.kvantenergo.boot.StartSequence;
import org.kvantenergo.wire.AckReceipt;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.BatchReply;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.RehearsalListener;
import org.kvantenergo.wire.SessionRequest;

/** Where the resource adapter hands over what it rehearses with. */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "seconds",
          propertyValue = "${kvant.warmup.seconds,env.KVANT_WARMUP_SECONDS:60}")
    })
public class RehearsalBean implements RehearsalListener {

  @Inject private StartSequence start;
  @Inject private RehearsalService rehearsal;

  @Override
  public void prepare(int modules) {
    rehearsal.prepare(modules);
  }

  @Override
  public void finish() {
    rehearsal.finish();
  }

  @Override
  public boolean ready() {
    return start.done();
  }

  @Override
  public List<Admission> admit(List<SessionRequest> requests) {
    return rehearsal.admit(requests);
  }

  @Override
  public BatchReply deliver(PacketBatch batch) {
    return rehearsal.deliver(batch);
  }

  @Override
  public void acknowledged(List<AckReceipt> receipts) {
    rehearsal.acknowledged(receipts);
  }

  /** Nobody takes over what nobody has. */
  @Override
  public List<Long> takenOver(String node) {
    return List.of();
  }
}
