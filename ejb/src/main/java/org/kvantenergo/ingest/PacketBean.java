package org.kvantenergo.ingest;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import java.util.List;
import org.kvantenergo.boot.StartSequence;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.PacketListener;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.SessionRequest;

/**
 * Where the resource adapter hands packets over. Unpacks nothing and decides nothing: a failure is
 * a runtime exception and rolls the delivery back, a refusal is a value.
 */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(propertyName = "port", propertyValue = "${kvant.module.port:5642}"),
      @ActivationConfigProperty(
          propertyName = "nodeName",
          propertyValue = "${jboss.node.name:node}")
    })
public class PacketBean implements PacketListener {

  @Inject private StartSequence start;
  @Inject private AdmissionService admissions;
  @Inject private Intake intake;

  @Override
  public boolean ready() {
    return start.done();
  }

  @Override
  public List<Admission> admit(List<SessionRequest> requests) {
    return admissions.admit(requests);
  }

  @Override
  public List<Reply> deliver(PacketBatch batch) {
    return intake.store(batch);
  }
}
