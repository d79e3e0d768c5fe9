package org.kvantenergo.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the policy of CarefulAnswers would keep a browser from must not stand in a page. */
class PagesTest {

  private static final Path PAGES = Path.of("src/main/webapp");

  /** A style or a width of a column, a handler, a script without a file, ajax of JSF itself. */
  private static final Pattern REFUSED =
      Pattern.compile(
          "\\sstyle=\"|<p:column[^>]*\\swidth=\"|\\son(?!complete|success)[a-z]+=\""
              + "|<script(?![^>]*\\ssrc=)|<style|<f:ajax|javascript:");

  private static final Pattern ID = Pattern.compile("\\sid=\"([\\w-]+)\"");

  @Test
  void nothingThatTheBrowserRefusesStandsInAPage() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(PAGES)) {
      files
          .filter(file -> file.toString().endsWith(".xhtml"))
          .forEach(file -> found.addAll(refusedIn(file)));
    }
    assertThat(found).isEmpty();
  }

  /** Icons stand in every page: a form of the same id would not be found, and its links be dead. */
  @Test
  void noIconHasAnIdThatAPageUses() throws IOException {
    Path icons = PAGES.resolve("WEB-INF/icons.xhtml");
    List<String> names = ids(icons);
    assertThat(names).contains("chain").doesNotHaveDuplicates();
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(PAGES)) {
      files
          .filter(file -> file.toString().endsWith(".xhtml") && !file.equals(icons))
          .forEach(file -> ids(file).stream().filter(names::contains).forEach(found::add));
    }
    assertThat(found).isEmpty();
  }

  private static List<String> ids(Path file) {
    try {
      return ID.matcher(Files.readString(file)).results().map(id -> id.group(1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> refusedIn(Path file) {
    try {
      return REFUSED
          .matcher(Files.readString(file))
          .results()
          .map(MatchResult::group)
          .map(what -> PAGES.relativize(file) + ": " + what.strip())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
