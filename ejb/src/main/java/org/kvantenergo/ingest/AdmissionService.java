package org.kvantenergo.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.DeviceRegistry;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.Standing;
import org.kvantenergo.session.SessionStore;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.DeviceIdentity;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.packet.HelloAck;

/** Decides on HELLOs. Writes nothing: what is kept apart gets its row with its first data. */
@ApplicationScoped
public class AdmissionService {

  private final DeviceRegistry registry;
  private final SessionStore sessions;

  @Inject
  public AdmissionService(DeviceRegistry registry, SessionStore sessions) {
    this.registry = registry;
    this.sessions = sessions;
  }

  /** For the proxies of CDI. */
  protected AdmissionService() {
    this(null, null);
  }

  /** One admission a request, in their order. */
  public List<Admission> admit(List<SessionRequest> requests) {
    List<Standing> standings =
        registry.standings(requests.stream().map(r -> claim(r.identity())).toList());
    List<Long> ids = sessions.nextIds(requests.size());
    List<Admission> admissions = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      admissions.add(decide(requests.get(i), standings.get(i), ids.get(i)));
    }
    return admissions;
  }

  private static Admission decide(SessionRequest request, Standing standing, long sessionId) {
    // A tag that we hold no key for proves nothing: the data is kept apart from the device's own.
    if (standing.registered() == null || request.authenticated()) {
      return new Admission(
          HelloAck.Result.NOT_REGISTERED, sessionId, valueOf(standing.keptApart()), 0);
    }
    return standing.blocked()
        ? new Admission(HelloAck.Result.BLOCKED, 0, 0, 0)
        : new Admission(HelloAck.Result.ACCEPTED, sessionId, valueOf(standing.registered()), 0);
  }

  static DeviceClaim claim(DeviceIdentity identity) {
    DeviceRow.Kind kind =
        switch (identity.kind()) {
          case MODULE -> DeviceRow.Kind.MODULE;
          case BASE_STATION -> DeviceRow.Kind.BASE_STATION;
        };
    return new DeviceClaim(kind, identity.imei(), identity.serial());
  }

  private static long valueOf(DeviceId id) {
    return id == null ? 0 : id.value();
  }
}
