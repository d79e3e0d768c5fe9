package org.kvantenergo.launcher;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads one option after the other from system properties, then the environment, and refuses what
 * makes no sense with a numbered line.
 *
 * @param property looks up a system property, null when absent
 * @param environment the process's environment
 */
public record Settings(Function<String, String> property, Map<String, String> environment) {

  /** Those that this process was started with. */
  public static Settings ofThisProcess() {
    return new Settings(System::getProperty, System.getenv());
  }

  /** A text; empty if it is not given. */
  public Optional<String> text(String name) {
    String value = property.apply(name);
    if (value == null || value.isBlank()) {
      value =
          environment.get(
              name.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT));
    }
    return Optional.ofNullable(value).filter(v -> !v.isBlank());
  }

  public boolean flag(String name, boolean fallback) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return fallback;
    }
    return switch (value.get()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw LaunchMessage.WRONG_OPTION.exception(name, value.get(), "true or false");
    };
  }

  /**
   * A whole number.
   *
   * @throws LaunchException if it is none or out of range
   */
  public int number(String name, int fallback, int min, int max) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the same refusal as a number out of range.
    }
    throw LaunchMessage.WRONG_OPTION.exception(
        name, value.get(), "a whole number from " + min + " to " + max);
  }

  public String heap(String name, String fallback) {
    String value = text(name).orElse(fallback);
    if (!value.matches("[1-9][0-9]*[mMgG]")) {
      throw LaunchMessage.WRONG_OPTION.exception(name, value, "an amount of memory such as 2g");
    }
    return value;
  }
}
