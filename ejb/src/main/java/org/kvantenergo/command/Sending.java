package org.kvantenergo.command;

import java.util.List;
import java.util.Map;

/** What became of an order that was sent. */
public sealed interface Sending {

  /**
   * Commands are queued.
   *
   * @param request the call
   * @param counts how many devices came to what, as in {@link OrderCheck#counts}
   * @param again whether the call came before, and this is its first answer
   */
  record Queued(RequestId request, Map<Fate, Long> counts, boolean again) implements Sending {

    /** Keeps its own map. */
    public Queued {
      counts = Map.copyOf(counts);
    }
  }

  /**
   * It waits for somebody else's approval; nothing is queued.
   *
   * @param request the call
   * @param counts what it would come to
   * @param again whether the call came before
   */
  record Proposed(RequestId request, Map<Fate, Long> counts, boolean again) implements Sending {

    /** Keeps its own map. */
    public Proposed {
      counts = Map.copyOf(counts);
    }
  }

  /**
   * Nothing is queued.
   *
   * @param faults why, 1 or more
   * @param counts what was found of the devices; empty if nobody looked
   */
  record Refused(List<OrderFault> faults, Map<Fate, Long> counts) implements Sending {

    /** Keeps copies of its own. */
    public Refused {
      faults = List.copyOf(faults);
      counts = Map.copyOf(counts);
    }
  }
}
