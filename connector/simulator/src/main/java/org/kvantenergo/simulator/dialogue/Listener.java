package org.kvantenergo.simulator.dialogue;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/** Waits for what a script expects, and says how it differs from what came. Used by one thread. */
final class Listener {

  private final Duration patience;
  private final Consumer<String> log;
  private final PayloadReader payloads;

  Listener(Stage stage, Duration patience, Consumer<String> log) {
    this.patience = patience;
    this.log = log;
    this.payloads = new PayloadReader(stage);
  }

  /** Expects a packet next. */
  void expect(Connection connection, Message expected) {
    Connection.Received received = connection.next(patience);
    if (!(received instanceof Connection.Received.Whole whole)) {
      throw new ScriptException("instead " + words(received));
    }
    log.accept("    " + came(whole.bytes()));
    try {
      RawFrame frame = RawFrame.parse(whole.bytes());
      envelope(connection, expected, frame);
      payloads.check(expected, frame.payload());
    } catch (ScriptException e) {
      throw new ScriptException(e.getMessage() + "\n  came: " + came(whole.bytes()), e);
    }
  }

  private static void envelope(Connection connection, Message expected, RawFrame frame) {
    int type = expected.form().equals(Form.RELAY) ? Form.RELAY_DOWN : expected.form().type();
    if (frame.type() != type) {
      throw new ScriptException("%s came, %s expected".formatted(named(frame.type()), named(type)));
    }
    same("version", frame.version(), RawFrame.VERSION);
    same("seq", frame.seq(), seq(connection, expected));
    boolean tagged = connection.key() != null && !expected.is("untagged");
    flags(frame, tagged);
    if (tagged) {
      byte[] right = frame.tag(connection.key(), RawFrame.DOWN, connection.nonce());
      if (!Arrays.equals(frame.tag(), right)) {
        throw new ScriptException(
            "tag is %s, not %s; the server has another key"
                .formatted(Player.hex(frame.tag()), Player.hex(right)));
      }
    }
  }

  private static void flags(RawFrame frame, boolean tagged) {
    boolean came = (frame.flags() & RawFrame.AUTH) != 0;
    if (came && !tagged) {
      throw new ScriptException("a tag came, none was expected: no key is given for the device");
    } else if (tagged && !came) {
      throw new ScriptException(
          "no tag came, one was expected: the server has no key for the device");
    }
    same("flags", frame.flags(), tagged ? RawFrame.AUTH : 0);
  }

  /** A type of the server's frames, for example "ack 82". */
  private static String named(int type) {
    String name =
        Form.DOWN.values().stream()
            .filter(f -> type == (f.equals(Form.RELAY) ? Form.RELAY_DOWN : f.type()))
            .map(Form::name)
            .findFirst()
            .orElse("type");
    return "%s %02x".formatted(name, type);
  }

  /** Answers come in the order of what they answer; a command has the server's own next number. */
  private static int seq(Connection connection, Message expected) {
    if (expected.is("seq")) {
      int seq = (int) FieldType.number(expected.values().get("seq"), 0, 0xFFFF);
      connection.owed().remove(seq);
      return seq;
    }
    Message inner = expected.inner() == null ? expected : expected.inner();
    if (inner.form().equals(Form.COMMAND)) {
      return connection.nextDown();
    }
    if (connection.owed().isEmpty()) {
      throw new ScriptException("everything has been answered; say seq=");
    }
    return connection.owed().remove();
  }

  private static void same(String what, int came, int expected) {
    if (came != expected) {
      throw new ScriptException("%s is %d, not %d".formatted(what, came, expected));
    }
  }

  /** Expects these bytes next; two dots stand for any byte. */
  void expectHex(Connection connection, String hex) {
    String pattern = FieldType.expanded(hex);
    byte[] came = connection.bytes(pattern.length() / 2, patience);
    log.accept("    " + Player.hex(came));
    if (!Player.hex(came).matches(pattern)) {
      throw new ScriptException("came: " + Player.hex(came));
    }
  }

  /** Expects that the server closes: without another word, and not too early. */
  void expectClosed(Connection connection, Duration after) {
    Connection.Received received = connection.next(patience.plus(after));
    Duration waited = Duration.ofNanos(System.nanoTime() - connection.lastSentAt());
    if (!(received instanceof Connection.Received.Closed closed) || closed.bytes().length > 0) {
      throw new ScriptException("instead " + words(received));
    }
    log.accept("    %s after %d ms".formatted(closed.how(), waited.toMillis()));
    if (waited.compareTo(after) < 0) {
      throw new ScriptException("closed already after %d ms".formatted(waited.toMillis()));
    }
  }

  /** Expects that nothing comes and the connection stays. */
  void expectQuiet(Connection connection, Duration lasting) {
    Connection.Received received = connection.next(lasting);
    if (!(received instanceof Connection.Received.Silence silence) || silence.bytes().length > 0) {
      throw new ScriptException("instead " + words(received));
    }
  }

  private String words(Connection.Received received) {
    if (received instanceof Connection.Received.Whole whole) {
      return "came " + came(whole.bytes());
    } else if (received instanceof Connection.Received.Closed closed) {
      return "the server closed (" + closed.how() + ")" + left(closed.bytes());
    } else if (received instanceof Connection.Received.Silence silence) {
      return "nothing came in " + patience.toSeconds() + " s" + left(silence.bytes());
    }
    throw new IllegalStateException();
  }

  private static String left(byte[] bytes) {
    return bytes.length == 0 ? "" : " but " + Player.hex(bytes);
  }

  private static String came(byte[] frame) {
    String words;
    try {
      words = PayloadReader.describe(RawFrame.parse(frame));
    } catch (ScriptException e) {
      words = e.getMessage();
    }
    return words + " = " + Player.hex(frame);
  }
}
