package org.kvantenergo.account.internal;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stored password: what the PHC string {@code $argon2id$v=19$m=..,t=..,p=..$salt$hash} says. */
final class Argon2Hash {

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,})\\$([A-Za-z0-9+/]{22,})");

  private final Cost cost;
  private final byte[] salt;
  private final byte[] hash;

  Argon2Hash(Cost cost, byte[] salt, byte[] hash) {
    this.cost = cost;
    this.salt = salt.clone();
    this.hash = hash.clone();
  }

  /**
   * What a hash costs.
   *
   * @param memoryKib memory, KiB, 8 or more per lane
   * @param passes passes over the memory, 1 or more
   * @param lanes 1 or more
   */
  record Cost(int memoryKib, int passes, int lanes) {

    /** Whether this one resists less than another. */
    boolean weakerThan(Cost other) {
      return memoryKib < other.memoryKib || passes < other.passes || lanes < other.lanes;
    }
  }

  /**
   * Reads a PHC string.
   *
   * @throws IllegalArgumentException if it is none of Argon2id, version 19
   */
  static Argon2Hash parse(String phc) {
    Matcher m = PHC.matcher(phc);
    if (!m.matches()) {
      // The text itself is a secret.
      throw new IllegalArgumentException("not a PHC string of Argon2id, version 19");
    }
    Cost cost =
        new Cost(
            Integer.parseInt(m.group(1)),
            Integer.parseInt(m.group(2)),
            Integer.parseInt(m.group(3)));
    Base64.Decoder base64 = Base64.getDecoder();
    return new Argon2Hash(cost, base64.decode(m.group(4)), base64.decode(m.group(5)));
  }

  /** How it was made. */
  Cost cost() {
    return cost;
  }

  /** The salt, 8 bytes or more. */
  byte[] salt() {
    return salt.clone();
  }

  /** The hash, 16 bytes or more. */
  byte[] hash() {
    return hash.clone();
  }

  /** Writes the PHC string. */
  String phc() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKib,
            cost.passes,
            cost.lanes,
            base64.encodeToString(salt),
            base64.encodeToString(hash));
  }
}
