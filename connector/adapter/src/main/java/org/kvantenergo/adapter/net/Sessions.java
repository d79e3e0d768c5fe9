package org.kvantenergo.adapter.net;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.kvantenergo.wire.DeviceIdentity;
import org.kvantenergo.wire.packet.HelloAck;

/** All sessions of this node: how many there are, and which one a device has. Any thread. */
final class Sessions {

  private final Set<SessionHandler> open = ConcurrentHashMap.newKeySet();
  private final Map<Key, SessionHandler> byDevice = new ConcurrentHashMap<>();
  private final Map<Long, SessionHandler> byId = new ConcurrentHashMap<>();
  private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

  private volatile boolean stopping;

  /** A claimed identity may be open beside the registered one that it claims to be. */
  private record Key(DeviceIdentity device, HelloAck.Result result) {}

  void opened(SessionHandler session) {
    open.add(session);
    byAddress.merge(session.address(), 1, Integer::sum);
    if (stopping) {
      session.serverStops();
    }
  }

  /** Tells every session, and those that still come, that the server stops. */
  void stop() {
    stopping = true;
    open.forEach(SessionHandler::serverStops);
  }

  /**
   * Enters an admitted session as its device's.
   *
   * @return the older of the device's two sessions, which has to go; null if there is but one.
   *     Admissions of one batch may arrive here in any order, so it may be the one that is entered.
   */
  SessionHandler admitted(DeviceIdentity device, HelloAck.Result result, SessionHandler session) {
    byId.put(session.sessionId(), session);
    AtomicReference<SessionHandler> older = new AtomicReference<>();
    byDevice.merge(
        new Key(device, result),
        session,
        (present, entered) -> {
          boolean newer = entered.sessionId() >= present.sessionId();
          older.set(newer ? present : entered);
          return newer ? entered : present;
        });
    return older.get();
  }

  /** A session that never was admitted is gone. */
  void closed(SessionHandler session) {
    if (open.remove(session)) {
      byAddress.computeIfPresent(session.address(), (a, count) -> count == 1 ? null : count - 1);
    }
    if (open.isEmpty()) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** Waits until there is none; returns how many are left. */
  int awaitNone(long timeoutMillis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    synchronized (this) {
      while (!open.isEmpty()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          return open.size();
        }
        wait(left);
      }
    }
    return 0;
  }

  void closed(DeviceIdentity device, HelloAck.Result result, SessionHandler session) {
    byDevice.remove(new Key(device, result), session);
    byId.remove(session.sessionId(), session);
    closed(session);
  }

  /** Closes the sessions of these ids; those that are gone already are passed over. */
  void takenOver(List<Long> ids) {
    for (Long id : ids) {
      SessionHandler session = byId.get(id);
      if (session != null) {
        session.takenOver();
      }
    }
  }

  /** How many are open from an address. */
  int count(String address) {
    return byAddress.getOrDefault(address, 0);
  }

  int count() {
    return open.size();
  }
}
