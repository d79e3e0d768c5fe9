package org.kvantenergo.launcher.rekey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A master key: AES-256-GCM in the form of ADR 0047. */
final class Key {

  /** Length of a key, bytes. */
  private static final int LENGTH = 32;

  private static final byte VERSION = 1;
  private static final int NAME = 4;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final byte[] bytes;
  private final byte[] name;

  private Key(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("it has " + bytes.length + " bytes, 32 expected");
    }
    this.bytes = bytes;
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update("kvant master key".getBytes(StandardCharsets.US_ASCII));
      this.name = Arrays.copyOf(sha256.digest(bytes), NAME);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * As it stands in files and settings.
   *
   * @throws IllegalArgumentException unless it is 32 bytes in base64
   */
  static Key of(String base64) {
    return new Key(Base64.getDecoder().decode(base64.strip()));
  }

  static Key made() {
    byte[] bytes = new byte[LENGTH];
    new SecureRandom().nextBytes(bytes);
    return new Key(bytes);
  }

  String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** What names it in the database and in each sealed value. */
  byte[] name() {
    return name.clone();
  }

  String hexName() {
    return HexFormat.of().formatHex(name);
  }

  boolean isNamed(byte[] other) {
    return Arrays.equals(name, other);
  }

  byte[] seal(byte[] secret, String context) throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(secret);
    return ByteBuffer.allocate(1 + NAME + NONCE + sealed.length)
        .put(VERSION)
        .put(name)
        .put(nonce)
        .put(sealed)
        .array();
  }

  byte[] open(byte[] value, String context) throws GeneralSecurityException {
    if (value.length < 1 + NAME + NONCE
        || value[0] != VERSION
        || !isNamed(Arrays.copyOfRange(value, 1, 1 + NAME))) {
      throw new GeneralSecurityException("it was not sealed under the present key");
    }
    byte[] nonce = Arrays.copyOfRange(value, 1 + NAME, 1 + NAME + NONCE);
    int begin = 1 + NAME + NONCE;
    return cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(value, begin, value.length - begin);
  }

  private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
