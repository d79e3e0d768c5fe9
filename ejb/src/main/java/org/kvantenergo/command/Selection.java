package org.kvantenergo.command;

import java.util.List;
import org.kvantenergo.device.DeviceFilter;
import org.kvantenergo.shared.DeviceId;

/** Which devices a command is for. */
public sealed interface Selection {

  /** Most devices or numbers that are named one by one. */
  int MOST = 200_000;

  /**
   * Rows that were ticked.
   *
   * @param devices each counts once
   */
  record Ids(List<DeviceId> devices) implements Selection {

    /** Keeps its own list. */
    public Ids {
      devices = List.copyOf(devices);
    }
  }

  /**
   * A list that was pasted or uploaded.
   *
   * @param numbers serial numbers or IMEIs as typed, with zeros before them or not; blank ones are
   *     left out
   */
  record Numbers(List<String> numbers) implements Selection {

    /** Keeps its own list, without what is blank. */
    public Numbers {
      numbers = numbers.stream().map(String::strip).filter(n -> !n.isEmpty()).toList();
    }
  }

  /**
   * All that a filter lists, however many.
   *
   * @param filter looked at anew when the command is sent
   * @param but those that are not meant, although it lists them; in ascending order
   */
  record Matching(DeviceFilter filter, List<DeviceId> but) implements Selection {

    /** Keeps its own list. */
    public Matching {
      but = List.copyOf(but);
    }

    /** All of them. */
    public Matching(DeviceFilter filter) {
      this(filter, List.of());
    }
  }
}
