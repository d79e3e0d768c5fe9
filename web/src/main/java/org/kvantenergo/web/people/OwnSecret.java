package org.kvantenergo.web.people;

import java.io.Serializable;

/**
 * A form on «Мой доступ» that takes secrets: what was typed is given back to nobody, and what
 * became of it is said once.
 */
abstract class OwnSecret implements Serializable {

  private static final long serialVersionUID = 1L;

  private transient String note = "";
  private transient boolean done;

  /** Says what became of it, by the key of a text; empty = nothing. */
  void say(boolean done, String note) {
    this.done = done;
    this.note = note;
  }

  /** Key of what to say; empty = nothing. */
  public String getNote() {
    return note == null ? "" : note;
  }

  public boolean isDone() {
    return done;
  }

  static char[] chars(String typed) {
    return text(typed).toCharArray();
  }

  static String text(String typed) {
    return typed == null ? "" : typed;
  }
}
