package org.kvantenergo.web.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The keys, for the dialogue that lists them and for the menus. */
@Named("keys")
@ApplicationScoped
public class KeysView {

  private static final Map<String, String> LABELS =
      Arrays.stream(Shortcut.values())
          .collect(Collectors.toMap(Shortcut::name, Shortcut::getLabel));

  /** All of them, in the order of the dialogue. */
  public List<Shortcut> getAll() {
    return List.of(Shortcut.values());
  }

  /** What stands in a menu, by name. */
  public Map<String, String> getLabel() {
    return LABELS;
  }
}
