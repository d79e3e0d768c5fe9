package org.kvantenergo.account.internal;

/** A password that one person tells another: four groups of five, 99 bits. */
final class FirstPassword {

  private FirstPassword() {}

  /** Makes one. */
  static String make() {
    return Token.readable(4, 5);
  }
}
