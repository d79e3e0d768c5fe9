package org.kvantenergo.simulator.dialogue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Turns what a script says into bytes on a connection. Used by one thread. */
final class Speaker {

  private final Stage stage;
  private final PayloadWriter payloads;
  private final Consumer<String> log;
  private final Map<String, Kept> kept = new HashMap<>();

  /** Bytes that were sent, and in whose session. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Kept(byte[] bytes, byte[] key, byte[] nonce) {}

  Speaker(Stage stage, Consumer<String> log) {
    this.stage = stage;
    this.log = log;
    this.payloads = new PayloadWriter(stage);
  }

  /** Sends a packet, or keeps it for the next one. */
  void send(Connection connection, Message message) {
    RawFrame frame = frame(connection, message);
    if (!message.form().equals(Form.BYE)) {
      connection.owed().add(frame.seq());
    }
    byte[] bytes = bytes(frame, message);
    if (message.is("as")) {
      kept.put(message.values().get("as"), new Kept(bytes, connection.key(), connection.nonce()));
    }
    if (message.is("hold")) {
      connection.hold(bytes);
      return;
    }
    byte[] all = RawFrame.joined(connection.release(), bytes);
    int now = message.is("only") ? number(message, "only", all.length - 1) : all.length;
    send(
        connection,
        Arrays.copyOf(all, now),
        message.is("split") ? number(message, "split", now) : now);
    connection.hold(Arrays.copyOfRange(all, now, all.length));
  }

  private void send(Connection connection, byte[] bytes, int piece) {
    log.accept("    sent " + Player.hex(bytes));
    connection.send(bytes, piece);
  }

  /** Sends bytes as they stand; nothing is expected to answer them. */
  void send(Connection connection, Step.SendHex hex) {
    byte[] bytes = FieldType.bytes(stage.fill(hex.hex()));
    if (hex.crc()) {
      bytes = RawFrame.joined(bytes, FieldType.U16.encode("" + RawFrame.crc(bytes), 0));
    }
    send(connection, bytes, bytes.length);
  }

  /** Sends what was kept under a name; its answer repeats the seq that it had. */
  void again(Connection connection, String name) {
    Kept again = kept.get(name);
    if (again == null) {
      throw new ScriptException("no line above is kept as=" + name);
    }
    byte[] bytes = again.bytes();
    int seq = (bytes[5] & 0xFF) | ((bytes[6] & 0xFF) << 8);
    connection.owed().add(seq);
    connection.lastUp(seq);
    if (bytes[4] == Form.HELLO.type()) {
      connection.session(again.key(), again.nonce());
    }
    send(connection, bytes, bytes.length);
  }

  /** Sends what is held back. */
  void rest(Connection connection) {
    byte[] held = connection.release();
    if (held.length == 0) {
      throw new ScriptException("nothing is held back");
    }
    send(connection, held, held.length);
  }

  private RawFrame frame(Connection connection, Message message) {
    byte[] payload = payloads.payload(message, greeting(connection, message));
    int seq = seq(connection, message);
    int version = message.is("version") ? number(message, "version", 0xFF) : RawFrame.VERSION;
    int flags = message.is("flags") ? number(message, "flags", 0xFF) : 0;
    RawFrame plain =
        new RawFrame(version, flags, payloads.type(message), seq, payload, new byte[0]);
    if (message.is("untagged") || (connection.key() == null && !message.is("tag"))) {
      return plain;
    }
    if (message.is("tag")) {
      byte[] tag = FieldType.bytes(message.values().get("tag"));
      return new RawFrame(version, flags | RawFrame.AUTH, plain.type(), seq, payload, tag);
    }
    return plain.signed(connection.key(), RawFrame.UP, connection.nonce());
  }

  private int seq(Connection connection, Message message) {
    if (message.is("seq")) {
      connection.lastUp(number(message, "seq", 0xFFFF));
      return number(message, "seq", 0xFFFF);
    }
    return connection.nextUp();
  }

  /** HELLO says who the device is, and begins its session. */
  private Map<String, String> greeting(Connection connection, Message message) {
    if (!message.form().equals(Form.HELLO)) {
      return Map.of();
    }
    Device device = stage.device(message.device());
    byte[] nonce =
        message.is("nonce")
            ? FieldType.bytes(stage.fill(message.values().get("nonce")))
            : device.nonce(message.values().get("counter"));
    connection.session(device.key(), nonce);
    return Map.of(
        "kind", device.kind() == Surroundings.Kind.STATION ? "1" : "0",
        "imei", device.field("imei"),
        "serial", device.field("serial"),
        "nonce", Player.hex(nonce));
  }

  private byte[] bytes(RawFrame frame, Message message) {
    byte[] header = message.is("n") ? frame.header(number(message, "n", 0xFFFF)) : frame.header();
    if (message.is("magic")) {
      byte[] magic = FieldType.bytes(message.values().get("magic"));
      System.arraycopy(magic, 0, header, 0, magic.length);
    }
    byte[] body = frame.body(header);
    int crc = RawFrame.crc(body);
    if (message.is("crc")) {
      String said = message.values().get("crc");
      crc = said.equals("bad") ? crc ^ 0x5555 : number(message, "crc", 0xFFFF);
    }
    byte[] bytes = RawFrame.joined(body, FieldType.U16.encode(Integer.toString(crc), 0));
    if (message.is("flip")) {
      bytes[number(message, "flip", bytes.length - 1)] ^= 1;
    }
    return bytes;
  }

  private int number(Message message, String name, int most) {
    return (int) FieldType.number(stage.fill(message.values().get(name)), 0, most);
  }
}
