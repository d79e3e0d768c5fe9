package org.kvantenergo.it.dialogue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of the protocol's sentences, {@code dialogues/clauses.txt}: an id, perhaps why no
 * dialogue can prove it, and below it the sentence.
 *
 * @param sentences in the order of the list
 */
record Clauses(List<Sentence> sentences) {

  private static final Path FILE = Dialogues.FOLDER.resolve("clauses.txt");
  private static final Pattern ID =
      Pattern.compile("([a-z0-9-]+/[a-z0-9-]+)(?: (?:device|text): (\\S.*))?");

  /**
   * A sentence.
   *
   * @param id of its clause; two sentences may share one
   * @param excuse why no dialogue proves it; empty if one has to
   * @param text as docs/protocol.md has it, one space where it has any
   */
  record Sentence(String id, String excuse, String text) {}

  static Clauses read() throws IOException {
    List<Sentence> sentences = new ArrayList<>();
    Matcher head = null;
    StringBuilder text = new StringBuilder();
    for (String line : Files.readString(FILE, StandardCharsets.UTF_8).lines().toList()) {
      if (line.startsWith(" ")) {
        text.append(' ').append(line.strip());
      } else if (!line.isBlank() && !line.startsWith("#")) {
        add(sentences, head, text);
        head = ID.matcher(line);
        if (!head.matches()) {
          throw new IllegalArgumentException(FILE + ": not an id: " + line);
        }
      }
    }
    add(sentences, head, text);
    return new Clauses(List.copyOf(sentences));
  }

  private static void add(List<Sentence> sentences, Matcher head, StringBuilder text) {
    if (head != null) {
      String excuse = head.group(2) == null ? "" : head.group(2);
      sentences.add(new Sentence(head.group(1), excuse, flat(text.toString())));
      text.setLength(0);
    }
  }

  /** One space wherever there are any, or a line ends. */
  static String flat(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  Set<String> ids() {
    Set<String> ids = new TreeSet<>();
    sentences.forEach(sentence -> ids.add(sentence.id()));
    return ids;
  }

  /** Those that a dialogue has to prove. */
  Set<String> toProve() {
    Set<String> ids = new TreeSet<>();
    sentences.stream().filter(s -> s.excuse().isEmpty()).forEach(s -> ids.add(s.id()));
    return ids;
  }
}
