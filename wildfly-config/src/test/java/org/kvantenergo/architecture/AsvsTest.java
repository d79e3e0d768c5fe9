package org.kvantenergo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/asvs.md has a row for each requirement of levels 1 and 2 of its chapters, and the tests that
 * it names are there.
 */
class AsvsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (\\d+\\.\\d+\\.\\d+) \\| (\\d) \\| (.+) \\| (.+) \\| (.+) \\|$");

  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");

  /**
   * Numbers of ASVS 5.0.0 by level: in a section, the last part. 1 and 2 in the order of the
   * standard; those of level 3 are left out.
   */
  private static final Map<String, String> LEVELS =
      Map.ofEntries(
          Map.entry("1.1", "22"),
          Map.entry("1.2", "111112222-"),
          Map.entry("1.3", "11222222222-"),
          Map.entry("1.4", "222"),
          Map.entry("1.5", "12-"),
          Map.entry("2.1", "122"),
          Map.entry("2.2", "112"),
          Map.entry("2.3", "1222-"),
          Map.entry("2.4", "2-"),
          Map.entry("3.2", "11-"),
          Map.entry("3.3", "1222-"),
          Map.entry("3.4", "112222--"),
          Map.entry("3.5", "11122---"),
          Map.entry("3.7", "22---"),
          Map.entry("4.1", "122--"),
          Map.entry("4.2", "2----"),
          Map.entry("4.3", "22"),
          Map.entry("4.4", "1222"),
          Map.entry("5.1", "2"),
          Map.entry("5.2", "112---"),
          Map.entry("5.3", "11-"),
          Map.entry("5.4", "222"),
          Map.entry("6.1", "122"),
          Map.entry("6.2", "111111112222"),
          Map.entry("6.3", "1122----"),
          Map.entry("6.4", "1122--"),
          Map.entry("6.5", "22222---"),
          Map.entry("6.6", "222-"),
          Map.entry("6.8", "2222"),
          Map.entry("7.1", "222"),
          Map.entry("7.2", "1111"),
          Map.entry("7.3", "22"),
          Map.entry("7.4", "11222"),
          Map.entry("7.5", "22-"),
          Map.entry("7.6", "22"),
          Map.entry("8.1", "12--"),
          Map.entry("8.2", "112-"),
          Map.entry("8.3", "1--"),
          Map.entry("8.4", "2-"),
          Map.entry("13.1", "2---"),
          Map.entry("13.2", "22222-"),
          Map.entry("13.3", "22--"),
          Map.entry("13.4", "12222--"),
          Map.entry("14.1", "22"),
          Map.entry("14.2", "1222----"),
          Map.entry("14.3", "122"),
          Map.entry("16.1", "2"),
          Map.entry("16.2", "22222"),
          Map.entry("16.3", "2222"),
          Map.entry("16.4", "222"),
          Map.entry("16.5", "222-"));

  @Test
  void everyRequirementHasItsRow() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    LEVELS.forEach(
        (section, levels) -> {
          for (int i = 0; i < levels.length(); i++) {
            if (levels.charAt(i) != '-') {
              expected.put(section + "." + (i + 1), levels.substring(i, i + 1));
            }
          }
        });
    Map<String, String> written = new TreeMap<>();
    for (String[] row : rows()) {
      assertThat(written.put(row[0], row[1])).as("row %s once", row[0]).isNull();
    }
    assertThat(written).isEqualTo(expected);
  }

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*/src/test/java/.*(Test|IT)\\.java")).toList()) {
        sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
    int named = 0;
    for (String[] row : rows()) {
      Matcher test = TEST.matcher(row[4]);
      while (test.find()) {
        named++;
        assertThat(sources).as(row[0]).containsKey(test.group(1));
        if (test.group(2) != null) {
          assertThat(sources.get(test.group(1))).as(row[0]).contains(" " + test.group(2) + "(");
        }
      }
    }
    assertThat(named).isGreaterThan(100);
  }

  private static List<String[]> rows() throws IOException {
    List<String[]> rows = new ArrayList<>();
    Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/asvs.md")));
    while (row.find()) {
      rows.add(new String[] {row.group(1), row.group(2), row.group(3), row.group(4), row.group(5)});
    }
    return rows;
  }
}
