package org.kvantenergo.event.internal;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kvantenergo.event.EventMessage;
import org.kvantenergo.shared.DeviceId;

/** Events as JSON, in the tables and on the topic. */
public final class EventCodec {

  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
  private static final String DEVICES = "devices";

  private EventCodec() {}

  /** The body of an event as it is stored. Numbers only, so nothing needs escaping. */
  static String body(Collection<DeviceId> devices) {
    return devices.stream()
        .map(device -> Long.toString(device.value()))
        .collect(Collectors.joining(",", "{\"" + DEVICES + "\":[", "]}"));
  }

  /** The devices in a stored body. */
  static List<DeviceId> devices(String body) {
    return devices(object(body));
  }

  /** The text of a message: the body with cursor, time and kind before its own fields. */
  static String message(LoggedEvent event) {
    String fields = event.body().strip().substring(1);
    return "{\"cursor\":%d,\"at\":\"%s\",\"kind\":\"%s\"%s%s"
        .formatted(event.cursor(), event.at(), event.kind(), fields.equals("}") ? "" : ",", fields);
  }

  /** See {@link EventMessage#parse}. */
  public static Optional<EventMessage> message(String json) {
    try {
      JsonObject object = object(json);
      long cursor = object.getJsonNumber("cursor").longValueExact();
      Instant at = Instant.parse(object.getString("at"));
      return EventKind.named(object.getString("kind"))
          .map(kind -> new EventMessage(cursor, at, kind.event(devices(object))));
    } catch (JsonException | ClassCastException | NullPointerException | DateTimeException e) {
      throw new IllegalArgumentException("not a message of events", e);
    }
  }

  private static List<DeviceId> devices(JsonObject object) {
    return object.getJsonArray(DEVICES).getValuesAs(JsonNumber.class).stream()
        .map(number -> new DeviceId(number.longValueExact()))
        .toList();
  }

  private static JsonObject object(String json) {
    try (JsonReader reader = READERS.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
