package org.kvantenergo.simulator.dialogue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;

/** From the bytes of a payload to words, and whether they are what a script expects. */
final class PayloadReader {

  private static final int NOT_AUTHENTIC = 3;
  private static final String REFUSED =
      " (authentication failed: another key, or a session counter not greater than the last)";

  private final Stage stage;

  PayloadReader(Stage stage) {
    this.stage = stage;
  }

  /** A frame in words, as a script could expect it. */
  static String describe(RawFrame frame) {
    String tag = frame.tag().length == 0 ? "" : " tag=" + HexFormat.of().formatHex(frame.tag());
    String odd =
        (frame.version() == RawFrame.VERSION ? "" : " version=" + frame.version())
            + (frame.flags() <= RawFrame.AUTH ? "" : " flags=" + frame.flags());
    return describe(frame.type(), ByteBuffer.wrap(frame.payload()))
        + " seq="
        + frame.seq()
        + odd
        + tag;
  }

  private static String describe(int type, ByteBuffer in) {
    if (type == Form.RELAY_DOWN && in.remaining() >= 9) {
      String serial = FieldType.U64.text(FieldType.U64.take(in));
      return "relay serial=" + serial + " " + describe(in.get() & 0xFF, in);
    }
    for (Form form : Form.DOWN.values()) {
      if (form.type() == type && !form.equals(Form.RELAY)) {
        return describe(form, in);
      }
    }
    return "frame type=%02x payload=%s".formatted(type, rest(in));
  }

  private static String describe(Form form, ByteBuffer in) {
    StringBuilder words = new StringBuilder(form.name());
    try {
      for (Form.Field field : form.fields()) {
        String value = field.type().text(field.type().take(in));
        words.append(' ').append(field.name()).append('=').append(value);
      }
    } catch (ScriptException e) {
      words.append(" (").append(e.getMessage()).append(')');
    }
    return words + (in.hasRemaining() ? " and " + rest(in) : "");
  }

  private static String rest(ByteBuffer in) {
    return HexFormat.of().formatHex(FieldType.REST.take(in));
  }

  /**
   * Compares a payload with what a script expects.
   *
   * @throws ScriptException naming the first field that differs
   */
  void check(Message expected, byte[] payload) {
    ByteBuffer in = ByteBuffer.wrap(payload);
    if (expected.form().equals(Form.RELAY)) {
      checkRelay(expected, in);
    } else {
      checkBody(expected, in);
    }
  }

  private void checkRelay(Message expected, ByteBuffer in) {
    Message inner = expected.inner();
    if (inner == null) {
      throw new ScriptException("relay needs what is inside: ack, reject or command");
    }
    String serial = stage.device(expected.device()).field("serial");
    fields(
        Form.RELAY, Map.of("serial", serial, "inner", Integer.toString(inner.form().type())), in);
    checkBody(inner, in);
  }

  private void checkBody(Message expected, ByteBuffer in) {
    fields(expected.form(), expected.values(), in);
    if (expected.form().equals(Form.COMMAND)) {
      int code = in.get(in.position() - 1) & 0xFF;
      if (code != expected.arguments().type()) {
        throw new ScriptException(
            "code is %d, not %d".formatted(code, expected.arguments().type()));
      }
      fields(expected.arguments(), expected.values(), in);
    }
    if (in.hasRemaining()) {
      throw new ScriptException("bytes are left over: " + rest(in));
    }
  }

  private void fields(Form form, Map<String, String> expected, ByteBuffer in) {
    for (Form.Field field : form.fields()) {
      byte[] came = field.type().take(in);
      String value = expected.getOrDefault(field.name(), field.usual());
      if (value == null) {
        throw new ScriptException("say what %s= is to be".formatted(field.name()));
      }
      if (!meets(field.type(), stage.fill(value), came)) {
        String what =
            "%s is %s, not %s".formatted(field.name(), field.type().text(came), stage.fill(value));
        throw new ScriptException(refused(form, came) ? what + REFUSED : what);
      }
    }
  }

  private static boolean refused(Form form, byte[] result) {
    return form.equals(Form.HELLO_ACK) && result.length == 1 && result[0] == NOT_AUTHENTIC;
  }

  /** A value, {@code least..most}, or anything. */
  private boolean meets(FieldType type, String expected, byte[] came) {
    if (expected.equals(Form.ANY)) {
      return true;
    }
    int dots = expected.indexOf("..");
    if (dots > 0) {
      long value = FieldType.whole(came);
      return value >= FieldType.whole(type.encode(expected.substring(0, dots), stage.now()))
          && value <= FieldType.whole(type.encode(expected.substring(dots + 2), stage.now()));
    }
    return java.util.Arrays.equals(came, type.encode(expected, stage.now()));
  }
}
