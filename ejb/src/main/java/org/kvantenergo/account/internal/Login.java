package org.kvantenergo.account.internal;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A login in its only spelling: compatibility forms folded, lower case, no space around. Found and
 * counted in this form, so that no other spelling of the same login gets attempts of its own.
 *
 * @param value the login, may be empty
 */
record Login(String value) {

  /** The login behind what was typed, null taken as empty. */
  static Login of(String typed) {
    String folded = Normalizer.normalize(typed == null ? "" : typed, Normalizer.Form.NFKC);
    return new Login(folded.strip().toLowerCase(Locale.ROOT));
  }

  /** SHA-256 of the login, 32 bytes. */
  byte[] digest() {
    return Digest.of(value);
  }
}
