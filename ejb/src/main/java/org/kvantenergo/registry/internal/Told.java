package org.kvantenergo.registry.internal;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.kvantenergo.registry.Meter;
import org.kvantenergo.registry.RegistryChanges.Placing;

/** What the audit is told of a change, by name. */
final class Told {

  private Told() {}

  static Map<String, String> told(Meter meter) {
    return told(
        "type", meter.type().strip(),
        "serial", meter.serial().strip(),
        "capacity", meter.capacity(),
        "diameter", meter.diameter());
  }

  static Map<String, String> told(Meter meter, String address, Placing placing) {
    return placing == null
        ? told(meter)
        : merged(
            told(meter),
            told(
                "address", address,
                "place", placing.place().strip(),
                "at", placing.at(),
                "reading", placing.reading()));
  }

  /** Names and values by turns; what is null or empty is left out. */
  static Map<String, String> told(Object... named) {
    Map<String, String> told = new TreeMap<>();
    for (int i = 0; i < named.length; i += 2) {
      String value = Objects.toString(named[i + 1], "");
      if (!value.isEmpty()) {
        told.put((String) named[i], value);
      }
    }
    return told;
  }

  static Map<String, String> merged(Map<String, String> one, Map<String, String> other) {
    Map<String, String> all = new TreeMap<>(one);
    all.putAll(other);
    return all;
  }
}
