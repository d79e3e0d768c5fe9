package org.kvantenergo.simulator.dialogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads a packet: its name, then fields and options in any order. */
final class MessageParser {

  /** What may be said of any frame that is sent. */
  private static final Set<String> SENT =
      Set.of(
          "magic",
          "version",
          "flags",
          "type",
          "seq",
          "n",
          "payload",
          "more",
          "crc",
          "flip",
          "tag",
          "untagged",
          "only",
          "split",
          "hold",
          "as",
          "counter");

  /** What may be said of any frame that is expected. */
  private static final Set<String> EXPECTED = Set.of("seq", "untagged");

  /** Of these, what belongs to a relayed packet rather than to the frame around it. */
  private static final Set<String> INNER = Set.of("payload", "more", "type");

  private static final Set<String> HEX = Set.of("payload", "more");

  private final Words words;
  private final Set<String> devices;

  /**
   * Begins at the packet's name.
   *
   * @param devices that lines above have named
   */
  MessageParser(Words words, Set<String> devices) {
    this.words = words;
    this.devices = devices;
  }

  /** A packet that a device sends. */
  Message up() {
    return packet(Form.UP, SENT);
  }

  /** A packet that the server is to send. */
  Message down() {
    return packet(Form.DOWN, EXPECTED);
  }

  /** A command for the queue. */
  Step queued(String name, String device) {
    Message command = body(Form.COMMAND, "", arguments(), Set.of("times"));
    for (Form.Field field : command.arguments().fields()) {
      if (field.usual() == null && !command.is(field.name())) {
        throw new ScriptException(
            "%s needs %s=".formatted(command.arguments().name(), field.name()));
      }
    }
    int times = (int) FieldType.number(command.values().getOrDefault("times", "1"), 1, 1000);
    return new Step.GivenCommand(name, device, command, times);
  }

  private Message packet(Map<String, Form> forms, Set<String> allowed) {
    String name = words.next("a packet");
    Form form = forms.get(name);
    if (form == null) {
      throw new ScriptException(
          "'" + name + "' is no packet here; there are " + new TreeSet<>(forms.keySet()));
    }
    boolean about = form.equals(Form.HELLO) || form.equals(Form.RELAY);
    String device = about ? device() : "";
    if (form.equals(Form.RELAY)) {
      return relay(forms, device, allowed);
    }
    Form arguments = form.equals(Form.COMMAND) ? arguments() : null;
    return body(form, device, arguments, allowed);
  }

  private String device() {
    String name = words.next("a device");
    if (!devices.contains(name)) {
      throw new ScriptException("no line above says what " + name + " is");
    }
    return name;
  }

  private Form arguments() {
    Form form = Form.COMMANDS.get(words.next("a command"));
    if (form == null) {
      throw new ScriptException("commands are " + new TreeSet<>(Form.COMMANDS.keySet()));
    }
    return form;
  }

  /** Options of the outer frame may stand before or behind the inner packet. */
  private Message relay(Map<String, Form> forms, String device, Set<String> allowed) {
    Map<String, String> outer = new LinkedHashMap<>();
    while (words.peek().contains("=")) {
      keep(Form.RELAY, words.next(""), outer, allowed);
    }
    Message inner = null;
    if (words.more()) {
      inner = packet(forms, allowed);
      for (String option : allowed) {
        if (!INNER.contains(option) && inner.is(option)) {
          outer.put(option, inner.values().remove(option));
        }
      }
    }
    return new Message(Form.RELAY, device, outer, List.of(), null, inner);
  }

  private Message body(Form form, String device, Form arguments, Set<String> allowed) {
    Map<String, String> values = new LinkedHashMap<>();
    List<Map<String, String>> records = new ArrayList<>();
    Map<String, String> current = values;
    while (words.more()) {
      String word = words.next("");
      if (word.equals("record") && form.equals(Form.READINGS)) {
        current = new LinkedHashMap<>();
        records.add(current);
      } else if (current != values && Form.RECORD.has(before(word))) {
        current.put(before(word), behind(word));
      } else if (arguments != null && arguments.has(before(word))) {
        values.put(before(word), behind(word));
      } else {
        keep(form, word, values, allowed);
      }
    }
    return new Message(form, device, values, records, arguments, null);
  }

  private void keep(Form form, String word, Map<String, String> values, Set<String> allowed) {
    if (!form.has(before(word)) && !allowed.contains(before(word))) {
      throw new ScriptException("%s has no '%s'".formatted(form.name(), before(word)));
    }
    values.put(before(word), HEX.contains(before(word)) ? behind(word) + moreHex() : behind(word));
  }

  /** Bytes may be written with spaces between them. */
  private String moreHex() {
    StringBuilder hex = new StringBuilder();
    while (words.peek().matches("([0-9a-fA-F]|\\([0-9a-fA-F]*\\)x\\d+)+")) {
      hex.append(words.next(""));
    }
    return hex.toString();
  }

  private static String before(String word) {
    int equals = word.indexOf('=');
    return equals < 0 ? word : word.substring(0, equals);
  }

  private static String behind(String word) {
    int equals = word.indexOf('=');
    return equals < 0 ? "" : word.substring(equals + 1);
  }
}
