package org.kvantenergo.account.internal;

import java.security.SecureRandom;
import java.util.Base64;

/** Secrets by chance. Of those that nobody types only the {@link Digest} is kept. */
final class Token {

  private static final int BYTES = 32;
  private static final String SIGNS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Token() {}

  /** One of 256 bits, for a browser: 43 signs of base64url. */
  static String make() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * One for people, in small letters and digits without those that look alike: 4.95 bits a sign.
   *
   * @param groups how many, with a hyphen between
   * @param length signs of a group
   */
  static String readable(int groups, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < groups * length; i++) {
      if (i > 0 && i % length == 0) {
        text.append('-');
      }
      text.append(SIGNS.charAt(RANDOM.nextInt(SIGNS.length())));
    }
    return text.toString();
  }
}
