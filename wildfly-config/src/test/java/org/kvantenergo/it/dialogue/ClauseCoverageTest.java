package org.kvantenergo.it.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.kvantenergo.simulator.dialogue.Script;

/** Every sentence of docs/protocol.md has an id, and every id a dialogue that proves it. */
class ClauseCoverageTest {

  private static final Path PROTOCOL = Path.of("../docs/protocol.md");
  private static final String TAKEN = " ¦ ";

  @Test
  void everyClauseHasADialogueAndEveryDialogueAClause() throws IOException {
    Clauses clauses = Clauses.read();
    Set<String> proven = new TreeSet<>();
    for (Script script : Dialogues.all()) {
      List<String> proves = Dialogues.proves(script);
      assertThat(clauses.ids()).as("clauses, for %s", script.file()).containsAll(proves);
      proven.addAll(proves);
    }
    Set<String> unproven = new TreeSet<>(clauses.toProve());
    unproven.removeAll(proven);
    assertThat(unproven).as("clauses without a dialogue").isEmpty();
  }

  @Test
  void everySentenceOfTheProtocolIsAClause() throws IOException {
    String left = protocol();
    for (Clauses.Sentence sentence : Clauses.read().sentences()) {
      assertThat(left).as("docs/protocol.md, for %s", sentence.id()).contains(sentence.text());
      int at = left.indexOf(sentence.text());
      left = left.substring(0, at) + TAKEN + left.substring(at + sentence.text().length());
    }
    assertThat(
            Arrays.stream(left.split(TAKEN.strip()))
                .map(String::strip)
                .filter(words -> words.codePoints().anyMatch(Character::isLetterOrDigit)))
        .as("sentences of docs/protocol.md that have no id in clauses.txt")
        .isEmpty();
  }

  /** Without what only orders the page: headings that say nothing, rules of tables, fences. */
  private static String protocol() throws IOException {
    return Clauses.flat(
        Files.readString(PROTOCOL, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.startsWith("#") || line.matches("### .*(:|COMMAND and).*"))
            .filter(line -> !line.matches("\\|[-|]+\\||\\| \\| \\||```"))
            .collect(Collectors.joining(" ")));
  }
}
