package org.kvantenergo.simulator.dialogue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a running script knows: its devices, its variables and what "now" means. */
final class Stage {

  private static final Pattern VARIABLE = Pattern.compile("\\$([a-z][a-z0-9_]*)(?:\\.([a-z]+))?");

  private final Map<String, Device> devices = new HashMap<>();
  private final Map<String, String> values = new HashMap<>();
  private final long now;

  /**
   * Nothing is known yet.
   *
   * @param now the same for the whole script, s: a line that is repeated gives the same bytes
   */
  Stage(long now, Surroundings.Limits limits) {
    this.now = now;
    values.put("now", Long.toString(now));
    limit("hello", limits.hello());
    limit("idle", limits.idle());
    limit("station_idle", limits.stationIdle());
    limit("stall", limits.stall());
  }

  private void limit(String name, Duration limit) {
    values.put(name, limit.toMillis() + "ms");
  }

  long now() {
    return now;
  }

  void set(String name, String value) {
    values.put(name, value);
  }

  void device(String name, Device device) {
    devices.put(name, device);
  }

  Device device(String name) {
    return devices.get(name);
  }

  /** The text with its variables filled in. */
  String fill(String text) {
    Matcher variable = VARIABLE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (variable.find()) {
      String value = value(variable.group(1), variable.group(2));
      variable.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return variable.appendTail(filled).toString();
  }

  private String value(String name, String field) {
    if (field != null && devices.containsKey(name)) {
      return devices.get(name).field(field);
    }
    String value = field == null ? values.get(name) : null;
    if (value == null) {
      throw new ScriptException("nothing is called $" + name + (field == null ? "" : "." + field));
    }
    return value;
  }
}
