package org.kvantenergo.account;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.kvantenergo.shared.Caller;

/**
 * A person's own second factor: codes of an authenticator, and recovery codes for who has lost it.
 * What weakens an account asks for the password and a code; both count as attempts to sign in.
 */
public interface SecondFactor {

  /** How long an offer waits for its first code. */
  Duration PATIENCE = Duration.ofMinutes(10);

  /**
   * How a person's second factor stands.
   *
   * @param since from when on codes are asked for; null = they are not
   * @param recoveryCodes how many are left, 0..10
   * @param demanded whether a role demands one
   */
  record State(Instant since, int recoveryCodes, boolean demanded) {

    /** Whether codes are asked for. */
    public boolean on() {
      return since != null;
    }
  }

  /** What became of a change. */
  enum Outcome {
    /** Done. */
    DONE,
    /** The password is wrong. */
    PASSWORD,
    /** The code is wrong, or has been used. */
    CODE,
    /** Wrong too often; see {@link SignIn.Locked}. */
    LOCKED,
    /** There is nothing to confirm or to switch off, or the factor is on already. */
    STATE,
    /** The offer is older than {@link SecondFactor#PATIENCE}. */
    LAPSED
  }

  /**
   * An offer.
   *
   * @param outcome what became of asking for it
   * @param secret in base 32, for typing; empty if there is none
   * @param uri of scheme {@code otpauth}, for a QR code; empty if there is none
   */
  record Offer(Outcome outcome, String secret, String uri) {}

  /**
   * Recovery codes.
   *
   * @param outcome what became of asking for them
   * @param codes shown once to the person; empty if none were made
   */
  record Codes(Outcome outcome, List<String> codes) {

    /** Keeps its own list. */
    public Codes {
      codes = List.copyOf(codes);
    }
  }

  /** How it stands. */
  State state(Caller caller);

  /**
   * Makes a secret, which counts for nothing until it is confirmed, and replaces one that was not.
   *
   * @param password wiped before the method returns
   */
  Offer offer(Caller caller, char[] password);

  /**
   * Switches the second factor on with a code of the offered secret; the person's other sessions
   * end. A wrong code counts as an attempt to sign in.
   *
   * @param token of the session that goes on
   */
  Codes confirm(Caller caller, String code, String token);

  /**
   * Makes recovery codes anew; the old ones are void.
   *
   * @param password wiped before the method returns
   */
  Codes renewCodes(Caller caller, char[] password, String code);

  /**
   * Switches the second factor off.
   *
   * @param password wiped before the method returns
   */
  Outcome off(Caller caller, char[] password, String code);
}
