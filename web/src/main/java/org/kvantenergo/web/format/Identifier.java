package org.kvantenergo.web.format;

/**
 * A long number whose first digits are the same for the whole fleet.
 *
 * @param prefix shown quietly
 * @param rest what tells devices apart
 */
public record Identifier(String prefix, String rest) {

  /** 15 digits, the first eight of them quiet; 0 = none. */
  public static Identifier imei(long imei) {
    return imei == 0 ? new Identifier("", "—") : cut("%015d".formatted(imei), 8);
  }

  /** At least 12 digits, the first six of them quiet. */
  public static Identifier serial(long serial) {
    return cut("%012d".formatted(serial), 6);
  }

  private static Identifier cut(String digits, int prefix) {
    return new Identifier(digits.substring(0, prefix), digits.substring(prefix));
  }

  /** All digits. */
  public String text() {
    return prefix + rest;
  }
}
