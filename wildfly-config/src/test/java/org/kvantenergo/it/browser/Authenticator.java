package org.kvantenergo.it.browser;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Clock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A person's authenticator: RFC 6238 as apps do it. Gives the code of no step twice. */
final class Authenticator {

  private final String base32;
  private final byte[] secret;
  private long last;

  /**
   * Takes a secret.
   *
   * @param base32 as a page shows it; spaces do not matter
   */
  Authenticator(String base32) {
    this.base32 = base32;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int buffer = 0;
    int bits = 0;
    String signs = base32.replace(" ", "");
    for (int i = 0; i < signs.length(); i++) {
      buffer =
          ((buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(signs.charAt(i))) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(buffer >> bits);
      }
    }
    secret = bytes.toByteArray();
  }

  /** As the page showed it. */
  String secret() {
    return base32;
  }

  /** A code that has not been given: of this step, or of the next, which counts already. */
  String code() {
    last = Math.max(last + 1, Clock.systemUTC().instant().getEpochSecond() / 30);
    return code(last);
  }

  /** Six digits that are no code of these minutes. */
  String wrong() {
    long now = Clock.systemUTC().instant().getEpochSecond() / 30;
    int wrong = 0;
    for (long step = now - 5; step <= now + 5; step++) {
      if (code(step).equals("%06d".formatted(wrong))) {
        wrong++;
        step = now - 6;
      }
    }
    return "%06d".formatted(wrong);
  }

  private String code(long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
      int at = hash[19] & 15;
      int number = ByteBuffer.wrap(hash, at, 4).getInt() & 0x7fffffff;
      return "%06d".formatted(number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
