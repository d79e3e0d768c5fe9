package org.kvantenergo.simulator.dialogue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a script line by line; a line that begins with a space goes on with the one above. */
final class ScriptParser {

  private static final Pattern CONNECTION = Pattern.compile("([a-z][a-z0-9]*):\\s+(.*)");
  private static final Pattern DATABASE =
      Pattern.compile("db\\s+(?:within\\s+(\\S+)\\s+)?(.*?)\\s+=>\\s*(.*)");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private final String file;
  private final List<String> proves = new ArrayList<>();
  private final List<Script.Line> lines = new ArrayList<>();
  private final Set<String> devices = new HashSet<>();
  private boolean alone;

  ScriptParser(String file) {
    this.file = file;
  }

  Script parse(String text) {
    int number = 0;
    int begin = 0;
    StringBuilder statement = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (!Character.isWhitespace(line.charAt(0))) {
        statement(begin, statement.toString());
        statement.setLength(0);
        begin = number;
      }
      statement.append(' ').append(line.strip());
    }
    statement(begin, statement.toString());
    return new Script(file, proves, alone, lines);
  }

  private void statement(int number, String text) {
    String line = text.strip();
    if (line.isEmpty()) {
      return;
    }
    try {
      Step step = step(line);
      if (step != null) {
        lines.add(new Script.Line(number, line, step));
      }
    } catch (ScriptException e) {
      throw e.at(file, number, line);
    }
  }

  /** Null for what only says something about the script. */
  private Step step(String line) {
    Matcher database = DATABASE.matcher(line);
    if (database.matches()) {
      String within = database.group(1);
      return new Step.Database(
          database.group(2),
          within == null ? Duration.ZERO : Times.duration(within),
          database.group(3).strip());
    }
    Matcher prefixed = CONNECTION.matcher(line);
    boolean named = prefixed.matches();
    Words words = new Words(named ? prefixed.group(2) : line);
    String connection = named ? prefixed.group(1) : "";
    String verb = words.next("a statement");
    Step step = onConnection(connection, verb, words);
    if (step == null && named) {
      throw new ScriptException("'" + verb + "' is nothing that a connection does");
    }
    if (step == null) {
      step = aside(verb, words);
    }
    words.end();
    return step;
  }

  private Step onConnection(String connection, String verb, Words words) {
    return switch (verb) {
      case "connect" -> connect(connection, words);
      case "disconnect" -> new Step.Disconnect(connection, false);
      case "reset" -> new Step.Disconnect(connection, true);
      case ">" -> send(connection, words);
      case "<" -> expect(connection, words);
      default -> null;
    };
  }

  private static Step connect(String connection, Words words) {
    if (!words.more()) {
      return new Step.Connect(connection, Step.Door.PLAIN, "");
    }
    return switch (words.next("tls")) {
      case "tls" ->
          new Step.Connect(connection, Step.Door.TLS, words.more() ? "TLSv" + words.next("") : "");
      case "tls-raw" -> new Step.Connect(connection, Step.Door.TLS_RAW, "");
      default ->
          throw new ScriptException("connect, connect tls, connect tls 1.2, connect tls-raw");
    };
  }

  private Step send(String connection, Words words) {
    return switch (words.peek()) {
      case "hex" -> {
        words.next("hex");
        String hex = words.rest();
        boolean crc = hex.endsWith(" crc");
        yield new Step.SendHex(connection, crc ? hex.substring(0, hex.length() - 4) : hex, crc);
      }
      case "again" -> {
        words.next("again");
        yield new Step.SendAgain(connection, words.next("the name of an earlier line"));
      }
      case "rest" -> {
        words.next("rest");
        yield new Step.SendRest(connection);
      }
      default -> new Step.Send(connection, new MessageParser(words, devices).up());
    };
  }

  private Step expect(String connection, Words words) {
    return switch (words.peek()) {
      case "hex" -> {
        words.next("hex");
        yield new Step.ExpectHex(connection, words.rest());
      }
      case "closed" -> {
        words.next("closed");
        yield new Step.ExpectClosed(connection, words.more() ? words.after("after") : "0s");
      }
      case "quiet" -> new Step.ExpectQuiet(connection, words.after("quiet"));
      default -> new Step.Expect(connection, new MessageParser(words, devices).down());
    };
  }

  private Step aside(String verb, Words words) {
    switch (verb) {
      case "proves" -> {
        while (words.more()) {
          proves.add(words.next("a clause"));
        }
        return null;
      }
      case "alone" -> {
        alone = true;
        return null;
      }
      case "storage" -> {
        return switch (words.rest()) {
          case "fails" -> new Step.Storage(Surroundings.Fault.ALL);
          case "refuses records" -> new Step.Storage(Surroundings.Fault.RECORDS);
          case "works" -> new Step.Storage(Surroundings.Fault.NONE);
          default -> throw new ScriptException("storage fails, refuses records, or works");
        };
      }
      case "given" -> {
        return given(words);
      }
      default -> throw new ScriptException("'" + verb + "' is no statement");
    }
  }

  private Step given(Words words) {
    String first = words.next("what is given");
    return switch (first) {
      case "key", "secret" -> {
        String device = declared(words.after("for"));
        yield new Step.GivenKey(device, key(words.rest()), first.equals("key"));
      }
      case "command" -> {
        String name = name(words.next("a name for the command"));
        String device = declared(words.after("for"));
        yield new MessageParser(words, devices).queued(name, device);
      }
      default -> {
        devices.add(name(first));
        words.expect("is");
        yield device(first, words.next("what it is"), words);
      }
    };
  }

  /** 32 bytes in hex, or nothing. */
  private static String key(String hex) {
    int bytes = FieldType.bytes(hex).length;
    if (bytes != 0 && bytes != RawFrame.KEY) {
      throw new ScriptException("a key is %d bytes, not %d".formatted(RawFrame.KEY, bytes));
    }
    return hex;
  }

  private static Step device(String name, String word, Words words) {
    Surroundings.Standing standing =
        switch (word) {
          case "unknown" -> Surroundings.Standing.UNKNOWN;
          case "blocked" -> Surroundings.Standing.BLOCKED;
          default -> Surroundings.Standing.REGISTERED;
        };
    String kind =
        standing == Surroundings.Standing.REGISTERED ? word : words.next("module, station, block");
    if (!Set.of("module", "station", "block").contains(kind)) {
      throw new ScriptException("'" + kind + "' is no module, station or block");
    }
    return new Step.GivenDevice(
        name, Surroundings.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), standing);
  }

  private static String name(String word) {
    if (!NAME.matcher(word).matches()) {
      throw new ScriptException("'" + word + "' is no name: small letters, digits, _");
    }
    return word;
  }

  private String declared(String device) {
    if (!devices.contains(device)) {
      throw new ScriptException("no line above says what " + device + " is");
    }
    return device;
  }
}
