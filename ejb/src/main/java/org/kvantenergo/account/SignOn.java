package org.kvantenergo.account;

/**
 * Signs on people whom a provider of OpenID Connect vouches for. Two steps, because they are two
 * web applications: who has shown the provider who they are gets a ticket, and the pages redeem it.
 */
public interface SignOn {

  /**
   * What a verified ID token says of a person.
   *
   * @param issuer who says so
   * @param subject the provider's own name of the person, which never changes
   * @param name the value of the claim by which accounts expect people; empty if there is none
   */
  record Claims(String issuer, String subject, String name) {}

  /** What became of a sign-on. */
  sealed interface Arrival {

    /**
     * An account is linked.
     *
     * @param secret for {@link SignOn#redeem}, good once and for a minute
     */
    record Ticket(String secret) implements Arrival {}

    /**
     * Nobody is signed on.
     *
     * @param reason why
     */
    record Refused(Reason reason) implements Arrival {}
  }

  /** Why somebody is not signed on. */
  enum Reason {
    /** No account expects this person. */
    UNLINKED,
    /** The account that expects the name has been linked to another person of the provider. */
    OTHER,
    /** The account is blocked. */
    BLOCKED,
    /** The provider did not vouch, or its answer was not to be believed. */
    FAILED,
    /** The ticket is used, too old or void. */
    TICKET
  }

  /**
   * Takes somebody whom the provider vouches for; links the account that expects them by name.
   *
   * @param address from where, for the audit
   */
  Arrival arrive(Claims claims, String address);

  /** Notes that somebody came from the provider without its word. */
  void failed(String address);

  /**
   * Signs on whoever holds a ticket, which is used up. Who has a second factor owes a code still,
   * unless the provider vouches for that too.
   *
   * @param secret from the cookie; may be anything
   * @param address from where, for the audit
   * @return {@link SignIn.Lapsed} if it is no ticket any more
   */
  SignIn redeem(String secret, String address);
}
