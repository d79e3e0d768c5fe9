package org.kvantenergo.event.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kvantenergo.event.Event;
import org.kvantenergo.event.EventMessage;
import org.kvantenergo.shared.DeviceId;

class EventCodecTest {

  private static final Instant AT = Instant.parse("2026-11-21T03:00:00Z");

  @Test
  void messageIsFlatJson() {
    String text =
        EventCodec.message(new LoggedEvent(17, AT, "READINGS_STORED", "{\"devices\": [1, 2]}"));
    assertThat(text)
        .isEqualTo(
            "{\"cursor\":17,\"at\":\"2026-11-21T03:00:00Z\",\"kind\":\"READINGS_STORED\",\"devices\": [1, 2]}");
    assertThat(EventMessage.parse(text))
        .contains(new EventMessage(17, AT, new Event.ReadingsStored(devices(1, 2))));
  }

  @Test
  void everyKindComesBack() {
    List<Event> events =
        List.of(
            new Event.ReadingsStored(devices(1)),
            new Event.SessionsChanged(devices(2, 3)),
            new Event.DevicesChanged(devices(4)));
    for (Event event : events) {
      String kind = EventKind.of(event).name();
      String text =
          EventCodec.message(new LoggedEvent(1, AT, kind, EventCodec.body(event.devices())));
      assertThat(EventMessage.parse(text)).map(EventMessage::event).contains(event);
    }
  }

  @Test
  void kindsOfANewerVersionAreNothing() {
    String text = EventCodec.message(new LoggedEvent(3, AT, "ALARM_RAISED", "{}"));
    assertThat(text)
        .isEqualTo("{\"cursor\":3,\"at\":\"2026-11-21T03:00:00Z\",\"kind\":\"ALARM_RAISED\"}");
    assertThat(EventMessage.parse(text)).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"cursor\":\"1\",\"at\":\"2026-11-21T03:00:00Z\",\"kind\":\"READINGS_STORED\",\"devices\":[1]}",
        "{\"cursor\":1,\"at\":\"yesterday\",\"kind\":\"READINGS_STORED\",\"devices\":[1]}",
        "{\"cursor\":1,\"at\":\"2026-11-21T03:00:00Z\",\"kind\":\"READINGS_STORED\",\"devices\":[]}"
      })
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> EventMessage.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mergingNamesEachDeviceOnceInItsOrder() {
    OutboxRow strange = new OutboxRow("ALARM_RAISED", "{\"alarm\":1}");
    assertThat(
            OutboxRow.merge(
                List.of(
                    new OutboxRow("SESSIONS_CHANGED", "{\"devices\":[9]}"),
                    new OutboxRow("READINGS_STORED", "{\"devices\":[2,1]}"),
                    strange,
                    new OutboxRow("READINGS_STORED", "{\"devices\":[3,2]}"),
                    strange)))
        .containsExactly(
            strange,
            strange,
            new OutboxRow("SESSIONS_CHANGED", "{\"devices\":[9]}"),
            new OutboxRow("READINGS_STORED", "{\"devices\":[2,1,3]}"));
  }

  @Test
  void mergingBeginsAnotherRowForTooManyDevices() {
    List<DeviceId> all = LongStream.rangeClosed(1, 10_001).mapToObj(DeviceId::new).toList();
    List<OutboxRow> merged =
        OutboxRow.merge(
            List.of(
                new OutboxRow("READINGS_STORED", EventCodec.body(all.subList(0, 6_000))),
                new OutboxRow("READINGS_STORED", EventCodec.body(all.subList(6_000, 10_001)))));
    assertThat(merged)
        .containsExactly(
            new OutboxRow("READINGS_STORED", EventCodec.body(all.subList(0, 10_000))),
            new OutboxRow("READINGS_STORED", "{\"devices\":[10001]}"));
  }

  private static List<DeviceId> devices(long... ids) {
    return LongStream.of(ids).mapToObj(DeviceId::new).toList();
  }
}
