package org.kvantenergo.setaside;

import java.util.Collection;
import java.util.Optional;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;

/** Shows frames that were set aside, to people who see their devices. */
public interface SetAsideFrames {

  /** Which of them. */
  enum Which {
    /** Not stored yet. */
    WAITING,
    /** Stored by a later attempt. */
    STORED,
    /** Both. */
    ALL
  }

  /** How many wait that the scope sees. */
  long waiting(Scope scope);

  /** A slice, the newest first. */
  Page<SetAsideRow> list(Scope scope, Which which, Slice slice);

  /** One of them; empty when there is none or the scope does not see it. */
  Optional<SetAsideDetail> find(Scope scope, long id);

  /**
   * Makes those due at once that wait and that the caller sees; returns how many.
   *
   * @throws org.kvantenergo.shared.NotPermittedException without {@code RETRY_FRAMES}
   */
  int retryNow(Caller caller, Collection<Long> ids);

  /** As {@link #retryNow}, all that wait but these. */
  int retryAllNow(Caller caller, Collection<Long> except);
}
