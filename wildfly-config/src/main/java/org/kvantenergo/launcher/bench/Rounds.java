package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Measures subjects in turn, round after round.
 *
 * @param count how many rounds
 * @param results takes what each brought
 * @param lines takes a line for people for each
 */
record Rounds(int count, Results results, Consumer<String> lines) {

  /** Makes every subject warm, then measures each once a round. */
  void run(List<Subject> subjects, Function<Subject, Stage> stages)
      throws IOException, InterruptedException, SQLException {
    for (Subject subject : subjects) {
      lines.accept("Warming up: " + subject.label().title());
      subject.prepare(stages.apply(subject));
    }
    for (int round = 1; round <= count; round++) {
      for (Subject subject : subjects) {
        Map<Quantity, Double> values = subject.measure(stages.apply(subject));
        results.add(subject.label().id(), values);
        lines.accept(line(round, subject, values));
      }
    }
  }

  private String line(int round, Subject subject, Map<Quantity, Double> values) {
    List<String> words = new ArrayList<>();
    values.forEach((quantity, value) -> words.add(quantity.key() + " " + quantity.text(value)));
    return String.format(
        Locale.ROOT,
        "Round %d of %d: %s: %s",
        round,
        count,
        subject.label().title(),
        String.join(", ", words));
  }
}
