package org.kvantenergo.account.internal;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.account.PasswordFault;
import org.kvantenergo.shared.ServerMessage;

/**
 * Whether a new password is taken: the rules first, then what zxcvbn knows (lists of common
 * passwords, words and names, and how many guesses a password of such parts stands), then the
 * utility's own list of breached ones, where it has brought one.
 */
@ApplicationScoped
public class PasswordCheck {

  /** Fewer guesses than these are too few: what zxcvbn calls somewhat guessable. */
  static final double ENOUGH_GUESSES_LOG10 = 8;

  /** Its time grows faster than the length, and what is longer has guesses enough. */
  private static final int ESTIMATED = 64;

  private static final System.Logger LOG = System.getLogger("org.kvantenergo.account");

  private final Optional<String> setting;
  private final Zxcvbn estimate;
  private volatile BreachedFile breached;

  @Inject
  public PasswordCheck(
      @ConfigProperty(name = "kvant.password.breached-file") Optional<String> setting) {
    this.setting = setting;
    this.estimate = new Zxcvbn();
  }

  /** For the proxies of CDI. */
  protected PasswordCheck() {
    this.setting = Optional.empty();
    this.estimate = null;
  }

  /** Opens the utility's list, if there is one; says so, or why it is not used. */
  public void open() {
    if (setting.isEmpty()) {
      return;
    }
    Path path = Path.of(setting.get());
    try {
      BreachedFile file = BreachedFile.open(path);
      if (file.size() == 0) {
        throw new IOException("it is empty");
      }
      OptionalLong disorder = file.disorder();
      if (disorder.isPresent()) {
        file.close();
        ServerMessage.BREACHED_FILE_UNSORTED.log(LOG, path, disorder.getAsLong());
        return;
      }
      breached = file;
      ServerMessage.BREACHED_FILE_USED.log(LOG, path, file.size());
    } catch (IOException e) {
      ServerMessage.BREACHED_FILE_UNREADABLE.log(LOG, path, e.toString());
    }
  }

  /** What is wrong with a new password, which is left as it is; empty if it can be taken. */
  Optional<PasswordFault> fault(char[] password, String login, String name) {
    return PasswordRules.fault(password, login, name)
        .or(() -> common(password, login, name))
        .or(() -> breached(password));
  }

  private Optional<PasswordFault> common(char[] password, String login, String name) {
    // A copy: what is measured is wiped afterwards.
    CharBuffer begin =
        CharBuffer.wrap(Arrays.copyOf(password, Math.min(password.length, ESTIMATED)));
    Strength strength = estimate.measure(begin, List.of(login, name, "kvant", "energo"));
    try {
      return strength.getGuessesLog10() < ENOUGH_GUESSES_LOG10
          ? Optional.of(PasswordFault.COMMON)
          : Optional.empty();
    } finally {
      strength.wipe();
    }
  }

  private Optional<PasswordFault> breached(char[] password) {
    BreachedFile file = breached;
    if (file == null) {
      return Optional.empty();
    }
    try {
      return file.contains(sha1(password)) ? Optional.of(PasswordFault.BREACHED) : Optional.empty();
    } catch (IOException e) {
      ServerMessage.BREACHED_FILE_UNREADABLE.log(LOG, setting.orElse(""), e.toString());
      return Optional.empty();
    }
  }

  /** As the lists are made: of the UTF-8, for looking up only. */
  private static String sha1(char[] password) {
    try {
      byte[] utf8 = new String(password).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(utf8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
