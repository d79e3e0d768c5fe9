package org.kvantenergo.simulator.dialogue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A packet as docs/protocol.md lays it out.
 *
 * @param name in scripts
 * @param type u8 of the frame; of a command its code
 * @param fields in their order
 */
record Form(String name, int type, List<Field> fields) {

  /** An expectation that anything meets. */
  static final String ANY = "*";

  /**
   * A field.
   *
   * @param name in scripts
   * @param type how it lies in the payload
   * @param usual its value, or what is expected of it, where a script does not say
   */
  record Field(String name, FieldType type, String usual) {}

  static final Form HELLO =
      form(
          "hello",
          0x01,
          field("kind", FieldType.U8, "0"),
          field("imei", FieldType.U64, "0"),
          field("serial", FieldType.U64, "1"),
          field("model", FieldType.U16, "642"),
          field("firmware", FieldType.U16, "261"),
          field("iccid", FieldType.BCD, "8970101008538006975"),
          field("nonce", FieldType.BYTES8, "0000000000000000"));

  /** The count; the records follow. */
  static final Form READINGS = form("readings", 0x02, field("count", FieldType.U8, "1"));

  /** One record of READINGS; not a packet of its own. */
  static final Form RECORD =
      form(
          "record",
          0x02,
          field("number", FieldType.U32, "1"),
          field("time", FieldType.TIME, "now"),
          field("meter", FieldType.TIME, "now"),
          field("reading", FieldType.F64, "1.5"),
          field("resource", FieldType.F32, "0.08"),
          field("temperature", FieldType.F32, "21.5"),
          field("battery", FieldType.F32, "3.6"),
          field("measurement", FieldType.U16, "0"),
          field("thermal", FieldType.U16, "0"),
          field("control", FieldType.U16, "0"),
          field("calibration", FieldType.U16, "0"),
          field("hardware", FieldType.U16, "0"),
          field("status", FieldType.U16, "4097"),
          field("rssi", FieldType.I8, "-75"),
          field("band", FieldType.U8, "0"),
          field("period", FieldType.U16, "60"),
          field("sessions", FieldType.U32, "1"),
          field("sessions_day", FieldType.U16, "1"));

  static final Form INFO =
      form(
          "info",
          0x03,
          field("day", FieldType.U8, "1"),
          field("hour", FieldType.U8, "0"),
          field("period", FieldType.U16, "60"),
          field("rssi", FieldType.I8, "-75"),
          field("errors", FieldType.U16, "0"),
          field("retries", FieldType.U8, "3"),
          field("apn", FieldType.STR, "internet"),
          field("login", FieldType.STR, ""),
          field("password", FieldType.STR, ""));

  static final Form RESULT =
      form("result", 0x04, field("id", FieldType.U32, null), field("result", FieldType.U8, "0"));

  static final Form PING = form("ping", 0x05);
  static final Form BYE = form("bye", 0x06);

  /** Serial of the block and inner type; the inner payload follows. Up 10, down 90. */
  static final Form RELAY =
      form("relay", 0x10, field("serial", FieldType.U64, null), field("inner", FieldType.U8, null));

  /** A frame of any type, its payload in hex. */
  static final Form FRAME = form("frame", 0x00, field("payload", FieldType.REST, ""));

  static final Form HELLO_ACK =
      form(
          "hello_ack",
          0x81,
          field("result", FieldType.U8, "0"),
          field("time", FieldType.TIME, ANY),
          field("retry", FieldType.U16, "0"));

  static final Form ACK =
      form("ack", 0x82, field("code", FieldType.U8, "0"), field("pending", FieldType.U8, "0"));

  /** Id and code; the arguments follow as one of {@link #COMMANDS}. */
  static final Form COMMAND =
      form("command", 0x84, field("id", FieldType.U32, null), field("code", FieldType.U8, ANY));

  static final Form REJECT = form("reject", 0xFF, field("code", FieldType.U8, null));

  /** Type of RELAY from the server. */
  static final int RELAY_DOWN = 0x90;

  /** Arguments of commands, by their name; the type is the code. */
  static final Map<String, Form> COMMANDS =
      byName(
          form(
              "schedule",
              1,
              field("day", FieldType.U8, null),
              field("hour", FieldType.U8, null),
              field("period", FieldType.U16, null)),
          form("metrological", 2),
          form("technological", 3),
          form("retries", 4, field("count", FieldType.U8, null)),
          form(
              "apn",
              5,
              field("apn", FieldType.STR, null),
              field("login", FieldType.STR, ""),
              field("password", FieldType.STR, "")),
          form(
              "archive",
              6,
              field("from", FieldType.TIME, null),
              field("to", FieldType.TIME, null)));

  /** What a device sends, by name. */
  static final Map<String, Form> UP =
      byName(HELLO, READINGS, INFO, RESULT, PING, BYE, RELAY, FRAME);

  /** What a server sends, by name. */
  static final Map<String, Form> DOWN = byName(HELLO_ACK, ACK, COMMAND, RELAY, REJECT);

  private static Form form(String name, int type, Field... fields) {
    return new Form(name, type, List.of(fields));
  }

  private static Field field(String name, FieldType type, String usual) {
    return new Field(name, type, usual);
  }

  private static Map<String, Form> byName(Form... forms) {
    return Stream.of(forms).collect(Collectors.toUnmodifiableMap(Form::name, Function.identity()));
  }

  /** Whether it has a field of this name. */
  boolean has(String field) {
    return fields.stream().anyMatch(f -> f.name().equals(field));
  }
}
