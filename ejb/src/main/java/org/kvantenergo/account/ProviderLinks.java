package org.kvantenergo.account;

import java.time.Instant;
import java.util.Optional;
import org.kvantenergo.shared.Caller;

/**
 * Which of the provider's people an account is. Each method asks for {@code MANAGE_USERS}; who is
 * seen and who may be touched is as in {@link Users}.
 */
public interface ProviderLinks {

  /** Longest name, in characters. */
  int LONGEST_NAME = 200;

  /**
   * An account's link.
   *
   * @param name whom it expects: the provider's claim, letter by letter; empty = nobody
   * @param subject the provider's own name of the person; null until the first sign-on
   * @param linkedAt when that was; null until then
   * @param passwordless whether the account has no password
   */
  record Link(String name, String subject, Instant linkedAt, boolean passwordless) {}

  /** What became of a change. */
  enum Outcome {
    /** Done. */
    DONE,
    /** There is no such account for the caller. */
    UNKNOWN,
    /** One's own account, or one that may more than the caller. */
    NOT_YOURS,
    /** Another account expects that name. */
    NAME_TAKEN,
    /** The name is too long or has signs that none may have. */
    MALFORMED,
    /** Without a link there must be a password. */
    PASSWORD_NEEDED
  }

  /** The link of an account, maybe to nobody; empty if the caller does not see the account. */
  Optional<Link> find(Caller caller, long account);

  /**
   * Lets an account expect somebody, whoever it was linked to before; with an empty name, nobody.
   * Sessions that began by the provider end.
   */
  Outcome link(Caller caller, long account, String name);

  /** Takes an account's password away, so that only the provider opens it; its sessions end. */
  Outcome removePassword(Caller caller, long account);
}
