package org.kvantenergo.account.internal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Codes for who has lost what makes the others: four groups of six, without signs that look alike.
 * With 118 bits each a plain digest hides them, and nobody guesses one.
 */
final class RecoveryCode {

  /** How many a person gets. */
  static final int COUNT = 10;

  private RecoveryCode() {}

  /** Makes a person's codes. */
  static List<String> make() {
    return Stream.generate(() -> Token.readable(4, 6)).limit(COUNT).toList();
  }

  /** What is kept of a code as typed: groups and case do not matter. 32 bytes. */
  static byte[] digest(String typed) {
    return Digest.of(typed.toLowerCase(Locale.ROOT).replaceAll("[^a-z2-9]", ""));
  }
}
