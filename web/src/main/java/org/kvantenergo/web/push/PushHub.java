package org.kvantenergo.web.push;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.event.Event;
import org.kvantenergo.event.EventMessage;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.web.WebLog;

/**
 * Gathers events for at most a second and tells every browser which of its devices are concerned.
 * Says something at least each {@value #BEAT_SECONDS} s, so that a browser knows when it hears
 * nothing any more. Safe for any thread.
 */
@ApplicationScoped
public class PushHub {

  private static final int BEAT_SECONDS = 3;

  /** More than a page can show: then it simply asks for what it shows. */
  private static final int MOST_NAMED = 500;

  /** Of how many it is asked who sees them; of more, everybody is told to ask. */
  private static final int MOST_ASKED = 1000;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:mm:ss", Locale.ROOT);

  @Inject private DeviceDirectory directory;

  private final Map<Session, Viewer> browsers = new ConcurrentHashMap<>();
  private final Map<Boolean, Set<DeviceId>> waiting = new HashMap<>();
  private Instant lastPacket;
  private int beats;

  /** A browser listens from now on. */
  void opened(Session session, Viewer viewer) {
    browsers.put(session, viewer);
  }

  /** A browser is gone. */
  void closed(Session session) {
    browsers.remove(session);
  }

  /** Something happened. */
  synchronized void happened(EventMessage message) {
    if (browsers.isEmpty()) {
      return;
    }
    Event event = message.event();
    boolean packet = event instanceof Event.ReadingsStored;
    if (packet) {
      lastPacket = message.at();
    }
    Set<DeviceId> devices = waiting.computeIfAbsent(packet, key -> new HashSet<>());
    if (event instanceof Event.ReadingsStored stored) {
      devices.addAll(stored.devices());
    } else if (event instanceof Event.SessionsChanged changed) {
      devices.addAll(changed.devices());
    } else if (event instanceof Event.DevicesChanged changed) {
      devices.addAll(changed.devices());
    }
  }

  /** Tells what has gathered; once a second. */
  void tell() {
    Set<DeviceId> devices;
    boolean packets;
    Instant at;
    synchronized (this) {
      packets = waiting.containsKey(true);
      devices = waiting.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
      waiting.clear();
      at = lastPacket;
    }
    beats = (beats + 1) % BEAT_SECONDS;
    if (devices.isEmpty() && beats != 0) {
      return;
    }
    Set<DeviceId> asked =
        devices.stream().limit(MOST_ASKED).collect(Collectors.toUnmodifiableSet());
    boolean more = devices.size() > MOST_ASKED;
    Map<Scope, Set<DeviceId>> seen = new HashMap<>();
    browsers.forEach(
        (session, viewer) -> {
          Set<DeviceId> own =
              devices.isEmpty()
                  ? Set.of()
                  : seen.computeIfAbsent(viewer.scope(), s -> visible(s, asked));
          Instant told = packets && !own.isEmpty() ? at : null;
          send(session, own.isEmpty() && !more ? "{}" : nudge(own, more, told, viewer));
        });
  }

  /** None when the database does not say: the beat goes on, the next nudge says it again. */
  private Set<DeviceId> visible(Scope scope, Set<DeviceId> devices) {
    try {
      return directory.visible(scope, devices);
    } catch (DatabaseException e) {
      WebLog.PUSH_FAILED.say(e);
      return Set.of();
    }
  }

  private static String nudge(Set<DeviceId> devices, boolean more, Instant at, Viewer viewer) {
    String time = at == null ? "" : TIME.format(at.atZone(viewer.zone()));
    boolean all = more || devices.size() > MOST_NAMED;
    String ids =
        all
            ? ""
            : devices.stream().map(d -> String.valueOf(d.value())).collect(Collectors.joining(","));
    return "{\"at\":\"%s\",\"all\":%b,\"devices\":[%s]}".formatted(time, all, ids);
  }

  /** A browser that does not listen loses the nudge; the next one says the same and more. */
  private void send(Session session, String text) {
    if (!session.isOpen()) {
      browsers.remove(session);
      return;
    }
    try {
      session.getAsyncRemote().sendText(text);
    } catch (IllegalStateException e) {
      // The one before is still on its way.
    }
  }
}
