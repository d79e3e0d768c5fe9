package org.kvantenergo.shared;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for the database: AES-256-GCM under the master key of the installation. A sealed
 * value is a version byte, 4 bytes that name the master key, a nonce of 12 bytes, and the
 * ciphertext with its tag of 16. Has no key until the start gives it one.
 */
@ApplicationScoped
public class SecretBox {

  /** Length of the master key, bytes. */
  public static final int KEY_LENGTH = 32;

  private static final byte VERSION = 1;
  private static final int NAME = 4;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final String ALGORITHM = "AES/GCM/NoPadding";

  private final SecureRandom random = new SecureRandom();
  private volatile SecretKeySpec key;
  private volatile byte[] name;

  /**
   * Takes the master key.
   *
   * @throws IllegalArgumentException unless it has 32 bytes
   */
  public void use(byte[] masterKey) {
    if (masterKey.length != KEY_LENGTH) {
      throw new IllegalArgumentException(
          "master key of " + masterKey.length + " bytes, 32 expected");
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update("kvant master key".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      name = Arrays.copyOf(sha256.digest(masterKey), NAME);
      key = new SecretKeySpec(masterKey, "AES");
    } catch (GeneralSecurityException e) {
      throw new LinkageError("every Java platform has SHA-256", e);
    }
  }

  /** What names the master key in use; says nothing of the key. */
  public byte[] name() {
    key();
    return name.clone();
  }

  /**
   * Seals.
   *
   * @param secret what to seal
   * @param context where it will be kept: it opens nowhere else
   */
  public byte[] seal(byte[] secret, byte[] context) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(Cipher.ENCRYPT_MODE, key(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(context);
      byte[] sealed = cipher.doFinal(secret);
      return ByteBuffer.allocate(1 + NAME + NONCE + sealed.length)
          .put(VERSION)
          .put(name)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a secret cannot be sealed", e);
    }
  }

  /**
   * Opens.
   *
   * @throws SecretException if another master key sealed it, or it is not from this context
   */
  public byte[] open(byte[] sealed, byte[] context) {
    ByteBuffer in = ByteBuffer.wrap(sealed);
    if (sealed.length < 1 + NAME + NONCE || in.get() != VERSION) {
      throw new SecretException("a sealed value has a form that this program does not know");
    }
    byte[] by = new byte[NAME];
    byte[] nonce = new byte[NONCE];
    in.get(by).get(nonce);
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    SecretKeySpec own = key();
    if (!Arrays.equals(by, name)) {
      throw new SecretException("a value was sealed under another master key");
    }
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(Cipher.DECRYPT_MODE, own, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(context);
      return cipher.doFinal(rest);
    } catch (AEADBadTagException e) {
      throw new SecretException("a sealed value was changed or moved");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a secret cannot be opened", e);
    }
  }

  private SecretKeySpec key() {
    if (key == null) {
      throw new IllegalStateException("the master key has not been loaded");
    }
    return key;
  }

  /** A sealed value cannot be opened here. */
  public static final class SecretException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SecretException(String message) {
      super(message);
    }
  }
}
