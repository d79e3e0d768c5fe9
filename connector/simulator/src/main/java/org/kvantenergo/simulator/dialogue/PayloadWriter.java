package org.kvantenergo.simulator.dialogue;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From a message of a script to the bytes of a payload. */
final class PayloadWriter {

  private final Stage stage;

  PayloadWriter(Stage stage) {
    this.stage = stage;
  }

  /**
   * The payload.
   *
   * @param usual values where the message does not say, before those of the form
   */
  byte[] payload(Message message, Map<String, String> usual) {
    byte[] payload =
        message.is("payload")
            ? FieldType.bytes(filled(message, "payload"))
            : regular(message, usual);
    return message.is("more")
        ? RawFrame.joined(payload, FieldType.bytes(filled(message, "more")))
        : payload;
  }

  private byte[] regular(Message message, Map<String, String> usual) {
    if (message.form().equals(Form.RELAY)) {
      return relay(message);
    }
    if (message.form().equals(Form.READINGS)) {
      return readings(message);
    }
    return fields(message.form(), message.values(), usual);
  }

  private byte[] relay(Message message) {
    Message inner = message.inner();
    Map<String, String> usual = new HashMap<>();
    usual.put("serial", stage.device(message.device()).field("serial"));
    usual.put("inner", inner == null ? "0" : Integer.toString(type(inner)));
    byte[] head = fields(Form.RELAY, message.values(), usual);
    return inner == null ? head : RawFrame.joined(head, payload(inner, Map.of()));
  }

  /** Type of the frame, or inner type. */
  int type(Message message) {
    return message.is("type")
        ? (int) FieldType.number(filled(message, "type"), 0, 0xFF)
        : message.form().type();
  }

  private byte[] readings(Message message) {
    List<Map<String, String>> records =
        message.records().isEmpty() ? List.of(Map.of()) : message.records();
    Map<String, String> usual = Map.of("count", Integer.toString(records.size()));
    byte[] payload = fields(Form.READINGS, message.values(), usual);
    for (Map<String, String> record : records) {
      String time = record.getOrDefault("time", "now");
      payload = RawFrame.joined(payload, fields(Form.RECORD, record, Map.of("meter", time)));
    }
    return payload;
  }

  /** The fields of a form, one after the other. */
  byte[] fields(Form form, Map<String, String> values, Map<String, String> usual) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Form.Field field : form.fields()) {
      String value =
          values.getOrDefault(field.name(), usual.getOrDefault(field.name(), field.usual()));
      if (value == null) {
        throw new ScriptException("%s needs %s=".formatted(form.name(), field.name()));
      }
      bytes.writeBytes(field.type().encode(stage.fill(value), stage.now()));
    }
    return bytes.toByteArray();
  }

  private String filled(Message message, String name) {
    return stage.fill(message.values().get(name));
  }
}
