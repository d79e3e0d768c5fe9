package org.kvantenergo.account;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kvantenergo.shared.Caller;

/**
 * Who is signed in where, over all nodes. A token is a secret that only the session itself holds.
 */
public interface Sessions {

  /** After which time a session ends, whatever is done in it. */
  Duration LONGEST = Duration.ofHours(12);

  /**
   * After which time without a request a session ends, on whatever node: the half hour of web.xml
   * and the minute to which {@link Open#seenAt} is exact.
   */
  Duration IDLE = Duration.ofMinutes(31);

  /**
   * A session.
   *
   * @param id for {@link #end(Caller, long)}
   * @param address from where it began
   * @param agent what the browser says of itself
   * @param beganAt when
   * @param seenAt when it was last used, exact to a minute
   * @param own whether it is the one that asks
   */
  record Open(
      long id, String address, String agent, Instant beganAt, Instant seenAt, boolean own) {}

  /**
   * Begins one for somebody who has just signed in; returns its token.
   *
   * @param byProvider whether a provider vouched: then a first password need not be changed
   */
  String begin(Viewer viewer, String address, String agent, boolean byProvider);

  /** Who is behind a token; empty if the session has ended or the account is blocked. */
  Optional<Viewer> viewer(String token);

  /**
   * Who is behind a token, for what tells them by itself.
   *
   * @param viewer as at a request
   * @param inMode whether what «Технологический режим» guards is open to them
   */
  record Watching(Viewer viewer, boolean inMode) {}

  /**
   * Who is behind tokens. Looking is no use: neither the session nor the mode goes on for it.
   *
   * @return by token; without those whose session has ended, or who owe a password or a second
   *     factor
   */
  Map<String, Watching> watching(Set<String> tokens);

  /** Ends the session of a token. */
  void end(String token);

  /** A person's own sessions, the last used first. */
  List<Open> list(Caller caller, String token);

  /** Ends one of a person's own sessions; whether there was one. */
  boolean end(Caller caller, long id);

  /** Ends a person's own sessions but the one that asks; returns how many. */
  int endOthers(Caller caller, String token);
}
