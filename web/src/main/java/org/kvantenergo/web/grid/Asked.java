package org.kvantenergo.web.grid;

import jakarta.faces.context.FacesContext;
import java.util.Arrays;
import java.util.List;

/** What the script of a page asks for, by parameters that anybody can write. */
public final class Asked {

  /** No number of ours is longer. */
  private static final String NUMBER = "[0-9]{1,18}";

  private Asked() {}

  /** A text; empty if it is not there. */
  public static String text(String name) {
    return FacesContext.getCurrentInstance()
        .getExternalContext()
        .getRequestParameterMap()
        .getOrDefault(name, "");
  }

  /**
   * An id or a place; 0, which is nothing's id, for all that is none. Never an error: its message
   * would hold what was written, line ends too, and go to the log.
   */
  public static long number(String name) {
    String value = text(name);
    return value.matches(NUMBER) ? Long.parseLong(value) : 0;
  }

  /** Ids with commas between them; what is none is left out. */
  public static List<Long> numbers(String name) {
    return Arrays.stream(text(name).split(",", -1))
        .filter(id -> id.matches(NUMBER))
        .map(Long::valueOf)
        .toList();
  }
}
