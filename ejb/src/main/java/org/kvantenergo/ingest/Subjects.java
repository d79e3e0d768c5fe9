package org.kvantenergo.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.Standing;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.wire.Delivery;
import org.kvantenergo.wire.Session;
import org.kvantenergo.wire.packet.HelloAck;

/**
 * Whose each delivery of a batch is: the session's device, the telemetry block that it relays for,
 * or the row under which somebody unknown is kept apart. Asked in this order: {@link #blocks},
 * {@link #know}, {@link #strangers}, {@link #name}; then the devices. Used by one delivery.
 */
final class Subjects {

  private final Map<DeviceClaim, Standing> blocks = new LinkedHashMap<>();
  private final Map<DeviceClaim, DeviceId> strangers = new HashMap<>();
  private final List<Placed> batch;

  Subjects(List<Placed> batch) {
    this.batch = batch;
  }

  /** The blocks that registered base stations relay for. */
  List<DeviceClaim> blocks() {
    Set<DeviceClaim> claims = new LinkedHashSet<>();
    for (Placed placed : batch) {
      if (blockOf(placed.delivery()) != 0 && accepted(placed.delivery().session())) {
        claims.add(claim(placed.delivery()));
      }
    }
    return List.copyOf(claims);
  }

  /** What the registry knows of {@link #blocks}, in their order. */
  void know(List<DeviceClaim> claims, List<Standing> standings) {
    for (int i = 0; i < claims.size(); i++) {
      blocks.put(claims.get(i), standings.get(i));
    }
  }

  /** Claims that are kept apart and whose row is not known yet. */
  List<DeviceClaim> strangers() {
    Set<DeviceClaim> unknown = new LinkedHashSet<>();
    for (Placed placed : batch) {
      if (stranger(placed.delivery())) {
        unknown.add(claim(placed.delivery()));
      }
    }
    return List.copyOf(unknown);
  }

  /** The rows of {@link #strangers}, in their order. */
  void name(List<DeviceClaim> claims, List<DeviceId> ids) {
    for (int i = 0; i < claims.size(); i++) {
      strangers.put(claims.get(i), ids.get(i));
    }
  }

  /** Rows that may have been made for this batch. */
  List<DeviceId> named() {
    return List.copyOf(strangers.values());
  }

  /** Whose it is. */
  DeviceId device(Delivery delivery) {
    if (stranger(delivery)) {
      return strangers.get(claim(delivery));
    }
    return blockOf(delivery) == 0
        ? new DeviceId(delivery.session().admission().deviceId())
        : blocks.get(claim(delivery)).registered();
  }

  /** Whether it came from a telemetry block that is blocked: nothing of it is stored. */
  boolean blocked(Delivery delivery) {
    return blockOf(delivery) != 0
        && accepted(delivery.session())
        && blocks.get(claim(delivery)).blocked();
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
      if (!blocked(placed.delivery())) {
        stored.add(placed);
      }
    }
    return stored;
  }

  /** Serial of the telemetry block; 0 = the session's own device. */
  static long blockOf(Delivery delivery) {
    return delivery instanceof Delivery.Frame frame ? frame.block() : 0;
  }

  private boolean stranger(Delivery delivery) {
    if (blockOf(delivery) == 0) {
      return delivery.session().admission().deviceId() == 0;
    }
    return !accepted(delivery.session()) || blocks.get(claim(delivery)).registered() == null;
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
