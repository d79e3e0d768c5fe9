package org.kvantenergo.account.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kvantenergo.account.PasswordFault;

class BreachedFileTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"1, '\\n'", "2, '\\r\\n'", "3, '\\n'", "1000, '\\r\\n'", "20000, '\\n'"})
  void eachThatIsInItIsFoundAndNoOther(int count, String end) throws Exception {
    Path file = write(lines(count), end.replace("\\n", "\n").replace("\\r", "\r"));
    try (BreachedFile breached = BreachedFile.open(file)) {
      assertThat(breached.disorder()).isEmpty();
      for (int i = 0; i < count; i += Math.max(1, count / 500)) {
        assertThat(breached.contains(sha1("in " + i))).as("in %d", i).isTrue();
        assertThat(breached.contains(sha1("out " + i))).as("out %d", i).isFalse();
      }
      assertThat(breached.contains("0".repeat(40))).isFalse();
      assertThat(breached.contains("f".repeat(40))).isFalse();
      for (String edge : List.of(lines(count).get(0), lines(count).get(count - 1))) {
        assertThat(breached.contains(edge.substring(0, 40).toLowerCase(Locale.ROOT))).isTrue();
      }
    }
  }

  @Test
  void theLastLineMayHaveNoEnd() throws Exception {
    Path file = folder.resolve("list");
    Files.writeString(file, String.join("\n", lines(100)));
    try (BreachedFile breached = BreachedFile.open(file)) {
      assertThat(breached.contains(lines(100).get(99).substring(0, 40))).isTrue();
      assertThat(breached.contains("f".repeat(40))).isFalse();
    }
  }

  @Test
  void anotherOrderIsSeen() throws Exception {
    List<String> lines = new ArrayList<>(lines(1000));
    lines.sort(java.util.Comparator.reverseOrder());
    try (BreachedFile breached = BreachedFile.open(write(lines, "\n"))) {
      assertThat(breached.disorder()).isPresent();
    }
    // Sorted by count, as another download has it.
    lines.sort(java.util.Comparator.comparing(line -> line.substring(41)));
    try (BreachedFile breached = BreachedFile.open(write(lines, "\n"))) {
      assertThat(breached.disorder()).isPresent();
    }
  }

  @Test
  void whatIsNoListSaysWhere() throws Exception {
    Path file = folder.resolve("list");
    Files.writeString(file, "password\nqwerty\n".repeat(100));
    try (BreachedFile breached = BreachedFile.open(file)) {
      assertThatThrownBy(breached::disorder)
          .isInstanceOf(IOException.class)
          .hasMessage("no line of hash and count at byte 0");
      assertThatThrownBy(() -> breached.contains("f".repeat(40))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aPasswordOfTheListIsNotTaken() throws Exception {
    String password = "сено-корова-мост-7";
    List<String> lines = new ArrayList<>(lines(500));
    lines.add(sha1(password) + ":3");
    lines.sort(null);
    PasswordCheck check = new PasswordCheck(Optional.of(write(lines, "\r\n").toString()));
    assertThat(fault(check, password)).as("before it is opened").isEmpty();
    check.open();
    assertThat(fault(check, password)).contains(PasswordFault.BREACHED);
    assertThat(fault(check, "сено-корова-мост-8")).isEmpty();
  }

  @Test
  void aListThatCannotBeUsedIsNotUsed() throws Exception {
    List<String> reverse = new ArrayList<>(lines(500));
    reverse.sort(java.util.Comparator.reverseOrder());
    Path empty = Files.createFile(folder.resolve("empty"));
    for (Path path : List.of(write(reverse, "\n"), empty, folder.resolve("none"), folder)) {
      PasswordCheck check = new PasswordCheck(Optional.of(path.toString()));
      check.open();
      assertThat(fault(check, "in 7 and something else")).as("%s", path).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "passwordpassword1, COMMON",
    "manchesterunited, COMMON",
    "trustno1trustno1, COMMON",
    "jessicajennifer1, COMMON",
    "correct horse battery, ",
    "ночью реки молчат, ",
    "kvant-demo-admin-1 и чайник, "
  })
  void commonPasswordsAreKnownWithoutAFile(String password, PasswordFault fault) {
    assertThat(fault(new PasswordCheck(Optional.empty()), password).orElse(null)).isEqualTo(fault);
  }

  @Test
  void theLongestIsEstimatedToo() {
    String words = "семь слов которые знает один человек и больше никто ".repeat(3);
    assertThat(fault(new PasswordCheck(Optional.empty()), words.substring(0, 128))).isEmpty();
  }

  @Test
  void whatIsLookedAtIsLeftAsItIs() {
    char[] password = "correct horse battery".toCharArray();
    assertThat(new PasswordCheck(Optional.empty()).fault(password, "petrova", "Петрова")).isEmpty();
    assertThat(password).containsExactly("correct horse battery".toCharArray());
  }

  private static Optional<PasswordFault> fault(PasswordCheck check, String password) {
    return check.fault(password.toCharArray(), "petrova.anna", "Петрова Анна");
  }

  private Path write(List<String> lines, String end) throws IOException {
    Path file = Files.createTempFile(folder, "list", ".txt");
    return Files.writeString(file, String.join(end, lines) + end);
  }

  private static List<String> lines(int count) throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(sha1("in " + i) + ":" + (i * 7919L % 1_000_003 + 1));
    }
    lines.sort(null);
    return lines;
  }

  private static String sha1(String text) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().withUpperCase().formatHex(hash);
  }
}
