package org.kvantenergo.simulator.dialogue;

import java.security.SecureRandom;
import java.util.function.LongUnaryOperator;

/** A device that a script speaks for. Used by one thread. */
final class Device {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE = 8;
  private static final int COUNTER = 4;

  private final Surroundings.Kind kind;
  private final Surroundings.Identity identity;
  private final LongUnaryOperator counters;
  private byte[] key;
  private long lastCounter;

  /**
   * A device of which nothing has been said yet.
   *
   * @param counters the session counter that follows another
   */
  Device(Surroundings.Kind kind, Surroundings.Identity identity, LongUnaryOperator counters) {
    this.kind = kind;
    this.identity = identity;
    this.counters = counters;
  }

  Surroundings.Kind kind() {
    return kind;
  }

  Surroundings.Identity identity() {
    return identity;
  }

  /** 32 bytes; null if it has none. */
  byte[] key() {
    return key;
  }

  void key(byte[] itsKey) {
    key = itsKey;
  }

  static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }

  /**
   * The nonce of a new session: random; with a key it begins with the session counter.
   *
   * @param counter u32 instead of the next one; null = the next one
   */
  byte[] nonce(String counter) {
    byte[] nonce = random(NONCE);
    if (key != null || counter != null) {
      lastCounter = counters.applyAsLong(lastCounter);
      byte[] first =
          FieldType.U32.encode(counter == null ? Long.toString(lastCounter) : counter, 0);
      System.arraycopy(first, 0, nonce, 0, COUNTER);
    }
    return nonce;
  }

  /** What {@code $name.field} stands for. */
  String field(String field) {
    return switch (field) {
      case "id" -> Long.toString(identity.id());
      case "imei" -> Long.toString(identity.imei());
      case "serial" -> Long.toString(identity.serial());
      default -> throw new ScriptException("a device has id, imei and serial, but no " + field);
    };
  }
}
