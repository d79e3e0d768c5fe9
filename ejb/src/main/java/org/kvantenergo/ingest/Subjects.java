package org.kvantenergo.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.DeviceRegistry;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.Standing;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.packet.HelloAck;

/**
 * Whose each delivery of a batch is: the session's device, the telemetry block that it relays for,
 * or the row under which somebody unknown is kept apart. Used by one delivery.
 */
final class Subjects {

  private final Map<DeviceClaim, Standing> standings = new HashMap<>();
  private final Map<Stranger, DeviceId> strangers = new LinkedHashMap<>();
  private final List<DeviceId> made = new ArrayList<>();
  private final List<Placed> batch;
  private Map<DeviceId, DeviceId> aliases = Map.of();

  /** Somebody whose session has no device row. An unproven one is never the registered device. */
  private record Stranger(DeviceClaim claim, boolean apart) {}

  private Subjects(List<Placed> batch) {
    this.batch = batch;
  }

  /**
   * Looks everybody up, and makes the rows that are missing.
   *
   * @param room whether one more unknown block may begin to report, by the IP address of the
   *     station that relays for it; one that may not is refused
   */
  static Subjects of(List<Placed> batch, DeviceRegistry registry, Predicate<String> room) {
    Subjects subjects = new Subjects(batch);
    subjects.ask(registry);
    subjects.findStrangers(registry, room);
    subjects.hold(registry);
    return subjects;
  }

  /**
   * What is kept apart may become a registered device's at any time, but not while it is stored.
   */
  private void hold(DeviceRegistry registry) {
    Set<DeviceId> apart = new LinkedHashSet<>(strangers.values());
    for (Placed placed : batch) {
      Session session = placed.delivery().session();
      if (!accepted(session) && session.admission().deviceId() != 0) {
        apart.add(new DeviceId(session.admission().deviceId()));
      }
    }
    aliases = registry.hold(apart);
  }

  /**
   * How those stand whose sessions say nothing of it: in one statement, so that who is registered
   * meanwhile is nowhere in between.
   */
  private void ask(DeviceRegistry registry) {
    Set<DeviceClaim> claims = new LinkedHashSet<>();
    for (Placed placed : batch) {
      if (blockOf(placed.delivery()) != 0
          || placed.delivery().session().admission().deviceId() == 0) {
        claims.add(claim(placed.delivery()));
      }
    }
    if (!claims.isEmpty()) {
      List<DeviceClaim> asked = List.copyOf(claims);
      List<Standing> found = registry.standings(asked);
      for (int i = 0; i < asked.size(); i++) {
        standings.put(asked.get(i), found.get(i));
      }
    }
  }

  private void findStrangers(DeviceRegistry registry, Predicate<String> room) {
    Map<Stranger, String> addresses = new LinkedHashMap<>();
    for (Placed placed : batch) {
      if (stranger(placed.delivery())) {
        addresses.putIfAbsent(
            identity(placed.delivery()), placed.delivery().session().request().remoteAddress());
      }
    }
    if (addresses.isEmpty()) {
      return;
    }
    List<Stranger> missing = new ArrayList<>();
    for (Stranger one : addresses.keySet()) {
      Standing standing = standings.get(one.claim());
      if (standing.keptApart() != null) {
        strangers.put(one, standing.keptApart());
      } else if (standing.registered() != null && !one.apart()) {
        // It was registered after its HELLO; its row and its archive are one.
        strangers.put(one, standing.registered());
      } else if (one.claim().kind() != DeviceRow.Kind.BLOCK || room.test(addresses.get(one))) {
        missing.add(one);
      }
    }
    List<DeviceId> rows = registry.keepApart(missing.stream().map(Stranger::claim).toList());
    for (int i = 0; i < missing.size(); i++) {
      if (rows.get(i) != null) {
        strangers.put(missing.get(i), rows.get(i));
        made.add(rows.get(i));
      }
    }
  }

  /** Rows that were made for this batch. */
  List<DeviceId> made() {
    return made;
  }

  /** Whose it is; null if it is refused. */
  DeviceId device(Delivery delivery) {
    if (stranger(delivery)) {
      return now(strangers.get(identity(delivery)));
    }
    return blockOf(delivery) == 0
        ? now(new DeviceId(delivery.session().admission().deviceId()))
        : standings.get(claim(delivery)).registered();
  }

  /** The base station that relayed it; null if it is not known by a row. */
  DeviceId station(Delivery delivery) {
    long station = delivery.session().admission().deviceId();
    return station == 0 ? null : now(new DeviceId(station));
  }

  private DeviceId now(DeviceId device) {
    return device == null ? null : aliases.getOrDefault(device, device);
  }

  /** Whether it came from a telemetry block that is blocked: nothing of it is stored. */
  boolean blocked(Delivery delivery) {
    return blockOf(delivery) != 0
        && accepted(delivery.session())
        && standings.get(claim(delivery)).blocked();
  }

  /** Whether there is no row for it and none may be made now: nothing of it is stored. */
  boolean refused(Delivery delivery) {
    return device(delivery) == null;
  }

  /** Whether its device may be sent commands. */
  boolean takesCommands(Delivery delivery) {
    return (delivery instanceof Delivery.Frame || delivery instanceof Delivery.OfPing)
        && accepted(delivery.session())
        && !stranger(delivery)
        && !blocked(delivery);
  }

  /** The deliveries that something is stored of. */
  List<Placed> stored() {
    List<Placed> stored = new ArrayList<>(batch.size());
    for (Placed placed : batch) {
      if (!blocked(placed.delivery()) && !refused(placed.delivery())) {
        stored.add(placed);
      }
    }
    return stored;
  }

  /** Serial of the telemetry block; 0 = the session's own device. */
  static long blockOf(Delivery delivery) {
    return delivery instanceof Delivery.Frame frame ? frame.block() : 0;
  }

  /** Whether a session's HELLO carried a tag that nobody could check. */
  static boolean unproven(Session session) {
    return !accepted(session) && session.request().frame().authenticated();
  }

  private boolean stranger(Delivery delivery) {
    if (blockOf(delivery) == 0) {
      return delivery.session().admission().deviceId() == 0;
    }
    return !accepted(delivery.session()) || standings.get(claim(delivery)).registered() == null;
  }

  private static Stranger identity(Delivery delivery) {
    return new Stranger(claim(delivery), blockOf(delivery) != 0 || unproven(delivery.session()));
  }

  private static boolean accepted(Session session) {
    return session.admission().result() == HelloAck.Result.ACCEPTED;
  }

  private static DeviceClaim claim(Delivery delivery) {
    long block = blockOf(delivery);
    return block == 0
        ? AdmissionService.claim(delivery.session().request().identity())
        : new DeviceClaim(DeviceRow.Kind.BLOCK, 0, block);
  }
}
