package org.kvantenergo.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/** Reads the accounts of consumers. The day of a moment is the one of the site. */
public interface ConsumerAccounts {

  /**
   * The accounts of the scope, each with where it was, in the order of their numbers.
   *
   * @param text the beginning of a number, a part of the holder's name or of the address; empty:
   *     all
   * @param below only those that were at this site or below it; null: all
   */
  Page<ConsumerAccount> list(Scope scope, String text, SiteId below, Instant at, Slice slice);

  /** One account as of a moment; empty when there is none or the scope does not see it. */
  Optional<ConsumerAccount> find(Scope scope, ConsumerId account, Instant at);

  /** Where an account ever was, newest first; empty when the scope does not see it. */
  List<ConsumerAccount.Home> history(Scope scope, ConsumerId account);
}
