package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The section of docs/performance.md about the pages.
 *
 * @param answers what each question was answered
 * @param millis of each question, how long each answer took
 */
record PagesFigures(
    List<PageQuestions.Question> questions, List<String> answers, List<double[]> millis) {

  private static final String BEGIN = "<!-- pages: written by mvn -Ppages -->";
  private static final String END = "<!-- end of pages -->";
  private static final double MOST = 0.95;

  /** As text. */
  String section(String date, String machine, long devices, long records, int runs) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            """
            Measured on %s with `mvn -Ppages -Dkvant.pages.runs=%d`: %,d devices, %,d records; so many answers to each question, in turn.
            Machine: %s.

            | | question | answer | p50, ms | p95, ms | longest, ms |
            |---|---|---|---|---|---|
            """,
            date,
            runs,
            devices,
            records,
            machine));
    String part = "";
    for (int i = 0; i < questions.size(); i++) {
      PageQuestions.Question question = questions.get(i);
      double[] sorted = millis.get(i).clone();
      Arrays.sort(sorted);
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %.1f | %.1f | %.1f |%n",
              question.part().equals(part) ? "" : question.part(),
              question.what(),
              answers.get(i),
              sorted[sorted.length / 2],
              sorted[(int) Math.ceil(sorted.length * MOST) - 1],
              sorted[sorted.length - 1]));
      part = question.part();
    }
    return text.toString();
  }

  /** Puts it into the page, between its marks. */
  static void write(Path page, String section) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if (begin < BEGIN.length() || end < begin) {
      throw new IOException(page + " has lost its marks " + BEGIN + " and " + END);
    }
    Files.writeString(page, text.substring(0, begin) + "\n" + section + text.substring(end));
  }
}
