package org.kvantenergo.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.DeviceKeys;
import org.kvantenergo.device.DeviceRegistry;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.Standing;
import org.kvantenergo.session.SessionStore;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.wire.Admission;
import org.kvantenergo.wire.DeviceIdentity;
import org.kvantenergo.wire.SessionRequest;
import org.kvantenergo.wire.frame.FrameKey;
import org.kvantenergo.wire.packet.Hello;
import org.kvantenergo.wire.packet.HelloAck;

/**
 * Decides on HELLOs. Writes nothing but the session counters of devices with a key: what is kept
 * apart gets its row with its first data.
 */
@ApplicationScoped
public class AdmissionService {

  private static final int RETRY_LEAST = 30;
  private static final int RETRY_MOST = 300;
  private static final long U32 = 0xFFFF_FFFFL;

  private final DeviceRegistry registry;
  private final SessionStore sessions;
  private final DeviceKeys keys;
  private final KnownKeys known;
  private final UnknownDevices unknown;

  @Inject
  public AdmissionService(
      DeviceRegistry registry,
      SessionStore sessions,
      DeviceKeys keys,
      KnownKeys known,
      UnknownDevices unknown) {
    this.registry = registry;
    this.sessions = sessions;
    this.keys = keys;
    this.known = known;
    this.unknown = unknown;
  }

  /** For the proxies of CDI. */
  protected AdmissionService() {
    this(null, null, null, null, null);
  }

  /** One that remembers nothing of what this one has seen, and takes nobody who is unknown. */
  AdmissionService apart() {
    return new AdmissionService(
        registry,
        sessions,
        keys,
        new KnownKeys(keys),
        new UnknownDevices(registry, Clock.systemUTC(), 0, 0));
  }

  /**
   * One admission a request, in their order. While the database is away all are told to come back:
   * that too is an answer, which a module with a key believes only if it is tagged.
   */
  public List<Admission> admit(List<SessionRequest> requests) {
    List<SessionRequest> welcome = requests.stream().filter(r -> !r.full()).toList();
    try {
      List<Admission> decided = welcome.isEmpty() ? List.of() : decide(welcome);
      List<Admission> admissions = new ArrayList<>(requests.size());
      int next = 0;
      for (SessionRequest request : requests) {
        admissions.add(request.full() ? busy(request) : decided.get(next++));
      }
      return admissions;
    } catch (DatabaseException e) {
      if (!e.databaseAway()) {
        throw e;
      }
      return requests.stream().map(this::busy).toList();
    }
  }

  private Admission busy(SessionRequest request) {
    int retryAfter = ThreadLocalRandom.current().nextInt(RETRY_LEAST, RETRY_MOST + 1);
    FrameKey key = frameKey(known.of(claim(request.identity())), request);
    return new Admission(HelloAck.Result.BUSY, 0, 0, retryAfter, key);
  }

  private List<Admission> decide(List<SessionRequest> requests) {
    List<Standing> standings =
        registry.standings(requests.stream().map(r -> claim(r.identity())).toList());
    Map<DeviceId, Holder> holders = holders(standings);
    List<Long> ids = sessions.nextIds(requests.size());
    List<Admission> admissions = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      SessionRequest request = requests.get(i);
      Standing standing = standings.get(i);
      Holder holder = holders.get(standing.registered());
      known.learn(claim(request.identity()), holder == null ? null : holder.key);
      admissions.add(
          holder == null
              ? open(request, standing, ids.get(i))
              : authenticated(request, standing, holder, ids.get(i)));
    }
    keys.accept(moved(holders));
    return admissions;
  }

  /** A device with a key and what its counter comes to in this batch. */
  private static final class Holder {
    private final byte[] key;
    private long counter;
    private boolean moved;

    Holder(DeviceKeys.Held held) {
      key = held.key();
      counter = held.counter();
    }
  }

  private Map<DeviceId, Holder> holders(List<Standing> standings) {
    Set<DeviceId> registered = new HashSet<>();
    standings.forEach(s -> registered.add(s.registered()));
    registered.remove(null);
    Map<DeviceId, Holder> holders = new HashMap<>();
    keys.lock(registered).forEach(held -> holders.put(held.device(), new Holder(held)));
    return holders;
  }

  private static Map<DeviceId, Long> moved(Map<DeviceId, Holder> holders) {
    Map<DeviceId, Long> moved = new HashMap<>();
    holders.forEach(
        (device, holder) -> {
          if (holder.moved) {
            moved.put(device, holder.counter);
          }
        });
    return moved;
  }

  /** A device with a key: whether it is the one that it says comes before all else. */
  private static Admission authenticated(
      SessionRequest request, Standing standing, Holder holder, long sessionId) {
    FrameKey key = frameKey(holder.key, request);
    if (key == null) {
      return new Admission(HelloAck.Result.NOT_AUTHENTIC, 0, 0, 0, null);
    }
    long counter = counter(request.hello());
    if (!key.signed(FrameKey.Direction.UP, request.frame()) || counter <= holder.counter) {
      return new Admission(HelloAck.Result.NOT_AUTHENTIC, 0, 0, 0, key);
    }
    if (standing.blocked()) {
      return new Admission(HelloAck.Result.BLOCKED, 0, 0, 0, key);
    }
    holder.counter = counter;
    holder.moved = true;
    return new Admission(
        HelloAck.Result.ACCEPTED, sessionId, standing.registered().value(), 0, key);
  }

  private Admission open(SessionRequest request, Standing standing, long sessionId) {
    // A tag that we hold no key for proves nothing: the data is kept apart from the device's own.
    if (standing.registered() == null || request.frame().authenticated()) {
      DeviceId apart = standing.keptApart();
      return apart != null || unknown.admits(request.remoteAddress())
          ? new Admission(
              HelloAck.Result.NOT_REGISTERED, sessionId, apart == null ? 0 : apart.value(), 0, null)
          : busy(request);
    }
    return standing.blocked()
        ? new Admission(HelloAck.Result.BLOCKED, 0, 0, 0, null)
        : new Admission(
            HelloAck.Result.ACCEPTED, sessionId, standing.registered().value(), 0, null);
  }

  private static FrameKey frameKey(byte[] key, SessionRequest request) {
    return key == null ? null : new FrameKey(key, request.hello().nonce());
  }

  /** The session counter of a device with a key, u32. */
  static long counter(Hello hello) {
    return hello.nonce() & U32;
  }

  static DeviceClaim claim(DeviceIdentity identity) {
    DeviceRow.Kind kind =
        switch (identity.kind()) {
          case MODULE -> DeviceRow.Kind.MODULE;
          case BASE_STATION -> DeviceRow.Kind.BASE_STATION;
        };
    return new DeviceClaim(kind, identity.imei(), identity.serial());
  }
}
