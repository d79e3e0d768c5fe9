package org.kvantenergo.shared;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Login and password of an access point (APN), as they lie in the database: sealed together, bound
 * to their row.
 *
 * @param login empty if none
 * @param password empty if none; neither is in {@link #toString()}
 */
public record AccessSecret(String login, String password) {

  private static final byte[] NOTHING = {};

  /**
   * As it is stored.
   *
   * @param context names the row: table and key
   * @return of no length if there is neither login nor password
   */
  public byte[] sealed(SecretBox box, String context) {
    if (login.isEmpty() && password.isEmpty()) {
      return NOTHING;
    }
    byte[] first = login.getBytes(StandardCharsets.UTF_8);
    byte[] second = password.getBytes(StandardCharsets.UTF_8);
    byte[] both =
        ByteBuffer.allocate(Integer.BYTES + first.length + second.length)
            .putInt(first.length)
            .put(first)
            .put(second)
            .array();
    return box.seal(both, context.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Out of what was stored.
   *
   * @throws SecretBox.SecretException if another master key sealed it, or it is not from this row
   */
  public static AccessSecret open(SecretBox box, byte[] sealed, String context) {
    if (sealed.length == 0) {
      return new AccessSecret("", "");
    }
    byte[] both = box.open(sealed, context.getBytes(StandardCharsets.UTF_8));
    int second = Integer.BYTES + ByteBuffer.wrap(both).getInt();
    return new AccessSecret(
        new String(Arrays.copyOfRange(both, Integer.BYTES, second), StandardCharsets.UTF_8),
        new String(Arrays.copyOfRange(both, second, both.length), StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "AccessSecret[]";
  }
}
