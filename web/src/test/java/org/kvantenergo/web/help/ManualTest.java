package org.kvantenergo.web.help;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever asks a page for help comes to its chapter, and sees its picture. */
class ManualTest {

  private static final Path DOCS = Path.of("../docs");
  private static final Path PAGES = Path.of("src/main/webapp");

  /** Largest picture, bytes: the manual travels with the application. */
  private static final long MOST = 150 * 1024;

  /** Nobody is signed in there, so they have no «?»; the manual speaks of them under «Вход». */
  private static final Set<String> BEFORE = Set.of("code", "expired", "login");

  @Test
  void eachPageHasAChapterNamedLikeItsFile() throws IOException {
    List<String> anchors = manual().chapters().stream().map(Manual.Chapter::anchor).toList();
    assertThat(anchors).doesNotHaveDuplicates();
    try (Stream<Path> files = Files.list(PAGES)) {
      Set<String> pages =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".xhtml"))
              .map(name -> name.replace(".xhtml", ""))
              .filter(name -> !BEFORE.contains(name))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(anchors).containsAll(pages).contains("login");
    }
  }

  @Test
  void eachPageLeadsThere() throws IOException {
    for (String header : List.of("person.xhtml", "office.xhtml")) {
      assertThat(Files.readString(PAGES.resolve("WEB-INF/" + header)))
          .contains("/help.xhtml&#35;#{view.viewId.substring(1).replace('.xhtml', '')}");
    }
  }

  @Test
  void eachAnchorBeginsAChapter() throws IOException {
    String text = text();
    assertThat(Pattern.compile("<a id=").matcher(text).results().count())
        .isEqualTo(manual().chapters().size())
        .isEqualTo(Pattern.compile("(?m)^## ").matcher(text).results().count());
    assertThat(manual().html())
        .contains("<a id=\"fleet\"></a>")
        .contains("<img src=\"/x/static/manual/fleet.png\"")
        .contains("<table>")
        .doesNotContain("style=", "<script");
  }

  @Test
  void eachPictureIsThereAndSmall() throws IOException {
    Set<String> shown =
        Pattern.compile("images/manual/([a-z-]+\\.png)")
            .matcher(text())
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> files = Files.list(DOCS.resolve("images/manual"))) {
      List<Path> there = files.filter(file -> file.toString().endsWith(".png")).toList();
      assertThat(there.stream().map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(shown);
      for (Path file : there) {
        assertThat(Files.size(file)).as(file.toString()).isLessThanOrEqualTo(MOST);
      }
    }
  }

  private static Manual manual() throws IOException {
    return Manual.of(text(), "/x/static/manual/");
  }

  private static String text() throws IOException {
    return Files.readString(DOCS.resolve("manual-ru.md"));
  }
}
