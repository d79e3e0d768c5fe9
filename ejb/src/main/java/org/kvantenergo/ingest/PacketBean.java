package org.kvantenergo.ingest;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import java.util.List;
import org.kvantenergo.boot.StartSequence;
import org.kvantenergo.session.SessionStore;
import org.kvantenergo.wire.AckReceipt;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.BatchReply;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.PacketListener;
import org.kvantenergo.wire.SessionRequest;

/**
 * Where the resource adapter hands packets over. Unpacks nothing and decides nothing: a failure is
 * a runtime exception and rolls the delivery back, a refusal is a value.
 */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(propertyName = "port", propertyValue = "${kvant.module.port:5642}"),
      @ActivationConfigProperty(
          propertyName = "tlsPort",
          propertyValue = "${kvant.module.tls.port:5643}"),
      @ActivationConfigProperty(
          propertyName = "tlsKeystore",
          propertyValue = "${kvant.module.tls.keystore:}"),
      @ActivationConfigProperty(
          propertyName = "tlsKeystorePassword",
          propertyValue = "${kvant.module.tls.password,env.KVANT_MODULE_TLS_PASSWORD:}"),
      @ActivationConfigProperty(
          propertyName = "maxSessions",
          propertyValue = "${kvant.module.max-sessions:50000}"),
      @ActivationConfigProperty(
          propertyName = "maxSessionsPerAddress",
          propertyValue = "${kvant.module.max-sessions-per-address:30000}"),
      @ActivationConfigProperty(
          propertyName = "helloTimeoutSeconds",
          propertyValue = "${kvant.module.hello-seconds:10}"),
      @ActivationConfigProperty(
          propertyName = "moduleIdleSeconds",
          propertyValue = "${kvant.module.idle-seconds:60}"),
      @ActivationConfigProperty(
          propertyName = "stationIdleSeconds",
          propertyValue = "${kvant.station.idle-seconds:600}"),
      @ActivationConfigProperty(
          propertyName = "stallSeconds",
          propertyValue = "${kvant.module.stall-seconds:10}"),
      @ActivationConfigProperty(propertyName = "lanes", propertyValue = "${kvant.ingest.lanes:0}"),
      @ActivationConfigProperty(
          propertyName = "batchSize",
          propertyValue = "${kvant.ingest.batch:500}"),
      @ActivationConfigProperty(
          propertyName = "batchWaitMillis",
          propertyValue = "${kvant.ingest.wait-millis:10}"),
      @ActivationConfigProperty(
          propertyName = "nodeName",
          propertyValue = "${jboss.node.name:node}")
    })
public class PacketBean implements PacketListener {

  @Inject private StartSequence start;
  @Inject private AdmissionService admissions;
  @Inject private Intake intake;
  @Inject private AckBook acks;
  @Inject private SessionStore sessions;
  @Inject private KnownKeys keys;

  @Override
  public boolean ready() {
    return start.done();
  }

  @Override
  public List<Admission> admit(List<SessionRequest> requests) {
    return admissions.admit(requests);
  }

  @Override
  public BatchReply deliver(PacketBatch batch) {
    return intake.store(batch);
  }

  @Override
  public void acknowledged(List<AckReceipt> receipts) {
    acks.note(receipts);
  }

  @Override
  public List<Long> takenOver(String node) {
    keys.follow();
    return sessions.takenOver(node);
  }
}
