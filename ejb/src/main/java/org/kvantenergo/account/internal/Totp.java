package org.kvantenergo.account.internal;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords, RFC 6238, as every authenticator makes them: HMAC-SHA-1, 6 digits,
 * steps of 30 s since 1970.
 */
final class Totp {

  /** Length of a secret, bytes: that of the digest, as RFC 4226 section 4 asks. */
  static final int SECRET_BYTES = 20;

  private static final int STEP_SECONDS = 30;

  /** How many steps a clock may be before or behind ours. */
  private static final int TOLERANCE = 1;

  private static final int DIGITS = 6;
  private static final int MODULUS = 1_000_000;
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Totp() {}

  /** Number of the step that a moment is in. */
  static long step(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
  }

  /** The code of a step, 6 digits. */
  static String code(byte[] secret, long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "RAW"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0x0f;
      int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
      return ("%0" + DIGITS + "d").formatted(number % MODULUS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }

  /**
   * The step whose code was typed: the present one or a neighbour.
   *
   * @param after steps up to this one are used up
   */
  static OptionalLong match(byte[] secret, String typed, Instant now, long after) {
    byte[] wanted = typed.getBytes(StandardCharsets.UTF_8);
    long present = step(now);
    OptionalLong found = OptionalLong.empty();
    for (long step = present - TOLERANCE; step <= present + TOLERANCE; step++) {
      byte[] code = code(secret, step).getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(code, wanted) && step > after) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  /** A secret as people type it: base 32 without padding. */
  static String base32(byte[] secret) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int buffer = 0;
    for (byte each : secret) {
      buffer = ((buffer << Byte.SIZE) | (each & 0xff)) & 0xfff;
      bits += Byte.SIZE;
      while (bits >= 5) {
        bits -= 5;
        text.append(BASE32.charAt((buffer >> bits) & 0x1f));
      }
    }
    if (bits > 0) {
      text.append(BASE32.charAt((buffer << (5 - bits)) & 0x1f));
    }
    return text.toString();
  }

  /** What the QR code of an offer says. */
  static String uri(String issuer, String login, byte[] secret) {
    // Algorithm, digits and period are what apps take for granted; unsaid, the picture is coarser.
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s"
        .formatted(encoded(issuer), encoded(login), base32(secret), encoded(issuer));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
