package org.kvantenergo.account.internal;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.kvantenergo.account.internal.Argon2Hash.Cost;

/**
 * Makes and checks password hashes. Safe for any thread; works on as many passwords at once as half
 * of the processors can, the others wait: a flood of attempts is bounded in memory and leaves the
 * modules theirs.
 */
@ApplicationScoped
public class PasswordHasher {

  /**
   * What OWASP's password storage cheat sheet asks for at least (2025): 19 MiB, 2 passes, 1 lane.
   */
  static final Cost COST = new Cost(19 * 1024, 2, 1);

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final Cost cost;
  private final SecureRandom random = new SecureRandom();
  private final Semaphore places = new Semaphore(atOnce(), true);
  private final String nobody;

  /** With the present cost. */
  public PasswordHasher() {
    this(COST);
  }

  /** With another cost: for tests of what happens when it grows. */
  PasswordHasher(Cost cost) {
    this.cost = cost;
    this.nobody = new Argon2Hash(cost, bytes(SALT_BYTES), bytes(HASH_BYTES)).phc();
  }

  /** Makes the PHC string of a password, which is left as it is. */
  public String hash(char[] password) {
    byte[] salt = bytes(SALT_BYTES);
    return new Argon2Hash(cost, salt, derive(password, cost, salt, HASH_BYTES)).phc();
  }

  /** Whether a password is the one behind a PHC string. Takes as long for a wrong one. */
  public boolean matches(String phc, char[] password) {
    Argon2Hash stored = Argon2Hash.parse(phc);
    byte[] made = derive(password, stored.cost(), stored.salt(), stored.hash().length);
    return MessageDigest.isEqual(stored.hash(), made);
  }

  /** The PHC string that no password fits: checked when there is no account, to take as long. */
  public String nobody() {
    return nobody;
  }

  /** Whether a PHC string resists less than one made now. */
  public boolean isOutdated(String phc) {
    Argon2Hash stored = Argon2Hash.parse(phc);
    return stored.cost().weakerThan(cost)
        || stored.salt().length < SALT_BYTES
        || stored.hash().length < HASH_BYTES;
  }

  private byte[] derive(char[] password, Cost cost, byte[] salt, int length) {
    ByteBuffer utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] secret = new byte[utf8.remaining()];
    utf8.get(secret);
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    byte[] hash = new byte[length];
    places.acquireUninterruptibly();
    try {
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(cost.memoryKib())
              .withIterations(cost.passes())
              .withParallelism(cost.lanes())
              .withSalt(salt)
              .build());
      generator.generateBytes(secret, hash);
      return hash;
    } finally {
      places.release();
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(utf8.array(), (byte) 0);
    }
  }

  private static int atOnce() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
