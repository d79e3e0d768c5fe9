package org.kvantenergo.simulator.dialogue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A conversation, read and checked.
 *
 * @param file as messages name it
 * @param proves ids of the clauses of the protocol that it proves
 * @param alone whether it disturbs others and must be played when no other is
 * @param lines what it does, in order
 */
public record Script(String file, List<String> proves, boolean alone, List<Line> lines) {

  public Script {
    proves = List.copyOf(proves);
    lines = List.copyOf(lines);
  }

  /** A step and where it stands. */
  record Line(int number, String text, Step step) {}

  /**
   * Reads a script.
   *
   * @param file as messages are to name it
   * @throws ScriptException naming the line that cannot be read
   */
  public static Script read(Path path, String file) throws IOException {
    return parse(file, Files.readString(path, StandardCharsets.UTF_8));
  }

  static Script parse(String file, String text) {
    return new ScriptParser(file).parse(text);
  }
}
