package org.kvantenergo.event.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kvantenergo.event.Event;
import org.kvantenergo.event.Event.CommandsChanged;
import org.kvantenergo.event.Event.DevicesChanged;
import org.kvantenergo.event.Event.ReadingsStored;
import org.kvantenergo.event.Event.SessionsChanged;
import org.kvantenergo.shared.DeviceId;

/** The kinds of events. Stored and sent by name. */
enum EventKind {
  READINGS_STORED(ReadingsStored.class),
  SESSIONS_CHANGED(SessionsChanged.class),
  DEVICES_CHANGED(DevicesChanged.class),
  /** Written by triggers of the table of commands. */
  COMMANDS_CHANGED(CommandsChanged.class);

  private final Class<? extends Event> type;

  EventKind(Class<? extends Event> type) {
    this.type = type;
  }

  /** The kind of an event. */
  static EventKind of(Event event) {
    return Stream.of(values())
        .filter(kind -> kind.type.isInstance(event))
        .findFirst()
        .orElseThrow();
  }

  /** The kind with a name; empty if only a newer version knows it. */
  static Optional<EventKind> named(String name) {
    return Stream.of(values()).filter(kind -> kind.name().equals(name)).findFirst();
  }

  /** An event of this kind. */
  Event event(List<DeviceId> devices) {
    return switch (this) {
      case READINGS_STORED -> new ReadingsStored(devices);
      case SESSIONS_CHANGED -> new SessionsChanged(devices);
      case DEVICES_CHANGED -> new DevicesChanged(devices);
      case COMMANDS_CHANGED -> new CommandsChanged(devices);
    };
  }
}
