package org.kvantenergo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every number that the code can say has a row in docs/errors.md, and every row is said. */
class NumberedMessagesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** A constant of a message enum: {@code NAME(1001, Level.INFO, …}. */
  private static final Pattern CONSTANT =
      Pattern.compile("\\b[A-Z][A-Z0-9_]+\\(\\s*([1-6]\\d{3}),");

  private static final Pattern ROW = Pattern.compile("(?m)^\\| (?:KVANT-)?(\\d{4}) \\| (\\w+)");

  @Test
  void theTableIsComplete() throws IOException {
    Set<String> said = new TreeSet<>();
    for (Path file : messageEnums()) {
      Matcher constant = CONSTANT.matcher(Files.readString(file));
      while (constant.find()) {
        assertThat(said.add(constant.group(1))).as("%s used once", constant.group(1)).isTrue();
      }
    }
    assertThat(said).hasSizeGreaterThan(20);

    Set<String> rows = new TreeSet<>();
    Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/errors.md")));
    while (row.find()) {
      assertThat(rows.add(row.group(1))).as("row %s once", row.group(1)).isTrue();
      assertThat(row.group(2))
          .as("owner of %s", row.group(1))
          .isIn("module", "operator", "us", "nobody");
    }
    assertThat(rows).isEqualTo(said);
  }

  private static List<Path> messageEnums() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(
              f -> f.toString().contains("src/main/java".replace('/', java.io.File.separatorChar)))
          .filter(f -> f.getFileName().toString().matches("\\w*(Log|Message|Messages)\\.java"))
          .toList();
    }
  }
}
