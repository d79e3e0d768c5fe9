package org.kvantenergo.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The last 32 commands that a device has decided on, with their results: one that comes again is
 * answered the same and not carried out. Touched on one event loop alone.
 */
final class CommandMemory {

  /** As many as docs/protocol.md, "Commands", asks for. */
  static final int MOST = 32;

  private final Map<Long, Answer> answers = new LinkedHashMap<>();

  /** What was decided. */
  static final class Answer {
    private final int result;
    private int told;

    private Answer(int result, int told) {
      this.result = result;
      this.told = told;
    }

    /** Result code, u8. */
    int result() {
      return result;
    }

    /** A COMMAND_RESULT with it is sent. */
    void tell() {
      told++;
    }

    /** Whether that happened more than once: only then can the server have known it. */
    boolean toldTwice() {
      return told > 1;
    }
  }

  /** Null if the command is not remembered. */
  Answer of(long commandId) {
    return answers.get(commandId);
  }

  Answer remember(long commandId, int result) {
    return remember(commandId, result, 0);
  }

  private Answer remember(long commandId, int result, int told) {
    Answer answer = new Answer(result, told);
    answers.put(commandId, answer);
    if (answers.size() > MOST) {
      answers.remove(answers.keySet().iterator().next());
    }
    return answer;
  }

  /** Oldest first, {@code id:result:told,…}. */
  String text() {
    return answers.entrySet().stream()
        .map(e -> e.getKey() + ":" + e.getValue().result + ":" + e.getValue().told)
        .collect(Collectors.joining(","));
  }

  /**
   * Takes over what {@link #text} said.
   *
   * @throws IllegalArgumentException if it is not such a text
   */
  void restore(String text) {
    for (String entry : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String[] fields = entry.split(":", -1);
      if (fields.length != 3) {
        throw new IllegalArgumentException("not a remembered command: " + entry);
      }
      remember(Long.parseLong(fields[0]), Integer.parseInt(fields[1]), Integer.parseInt(fields[2]));
    }
  }
}
