package org.kvantenergo.simulator.dialogue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a statement, from left to right; quotes keep spaces together. */
final class Words {

  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");

  private final List<String> words = new ArrayList<>();
  private int at;

  Words(String line) {
    if (line.chars().filter(c -> c == '"').count() % 2 == 1) {
      throw new ScriptException("a quotation mark is missing");
    }
    Matcher found = WORD.matcher(line);
    while (found.find()) {
      words.add(found.group().replace("\"", ""));
    }
  }

  boolean more() {
    return at < words.size();
  }

  /** The next word, which stays; empty at the end. */
  String peek() {
    return more() ? words.get(at) : "";
  }

  /** The next word. */
  String next(String what) {
    if (!more()) {
      throw new ScriptException("the line ends where " + what + " belongs");
    }
    return words.get(at++);
  }

  void expect(String word) {
    String next = next("'" + word + "'");
    if (!next.equals(word)) {
      throw new ScriptException("'" + word + "' belongs where '" + next + "' stands");
    }
  }

  /** The word behind this one. */
  String after(String word) {
    expect(word);
    return next("something behind '" + word + "'");
  }

  /** All that is left. */
  String rest() {
    String rest = String.join(" ", words.subList(at, words.size()));
    at = words.size();
    return rest;
  }

  void end() {
    if (more()) {
      throw new ScriptException("'" + rest() + "' is left over");
    }
  }
}
