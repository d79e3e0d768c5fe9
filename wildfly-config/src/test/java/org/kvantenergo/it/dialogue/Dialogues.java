package org.kvantenergo.it.dialogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.kvantenergo.simulator.dialogue.Script;

/** The scripts of this repository: a file {@code section/clause.dialogue} proves section/clause. */
final class Dialogues {

  static final Path FOLDER = Path.of("src/test/resources/dialogues");
  static final String ENDING = ".dialogue";

  private Dialogues() {}

  /** All of them, by name. */
  static List<Script> all() throws IOException {
    List<Script> scripts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(ENDING)).sorted().toList()) {
        scripts.add(Script.read(file, FOLDER.relativize(file).toString().replace('\\', '/')));
      }
    }
    return scripts;
  }

  /** What a script proves: its name, and what it says itself. */
  static List<String> proves(Script script) {
    List<String> clauses = new ArrayList<>(script.proves());
    clauses.add(script.file().substring(0, script.file().length() - ENDING.length()));
    return clauses;
  }
}
