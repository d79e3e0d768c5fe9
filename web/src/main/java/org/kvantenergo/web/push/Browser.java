package org.kvantenergo.web.push;

import java.util.Set;
import org.kvantenergo.shared.DeviceId;

/**
 * A page somewhere.
 *
 * @param token of the session that it is in
 * @param part of the second in which it is told, from 0
 * @param shown null if it did not say: then it hears of everything
 * @param owed what it is to get next
 * @param whole the beat in which it had everything last
 */
record Browser(String token, int part, Shown shown, Owed owed, long whole) {

  /**
   * What a page shows.
   *
   * @param devices whose rows
   * @param columns names of those that it has
   */
  record Shown(Set<DeviceId> devices, Set<String> columns) {
    Shown {
      devices = Set.copyOf(devices);
      columns = Set.copyOf(columns);
    }
  }

  /** What a page is to get next. */
  enum Owed {
    /** What the last second brought. */
    NEWS,
    /** What came of late: it says only now what it shows, or had to wait. */
    EARLIER,
    /** Everything, in its own part of the second. */
    ALL,
    /** Everything, at once. */
    NOW
  }

  Browser says(Shown what) {
    return new Browser(token, part, what, later(), whole);
  }

  /** Once a second at most, whatever a page asks for. */
  Browser asks(long beat) {
    return owed(beat - whole >= Gathering.PARTS ? Owed.NOW : Owed.ALL);
  }

  Browser told(long beat) {
    return new Browser(token, part, shown, Owed.NEWS, isWhole() ? beat : whole);
  }

  Browser missed() {
    return owed(Owed.ALL);
  }

  Browser waits() {
    return owed(later());
  }

  boolean isWhole() {
    return owed == Owed.ALL || owed == Owed.NOW;
  }

  private Owed later() {
    return owed == Owed.NEWS ? Owed.EARLIER : owed;
  }

  private Browser owed(Owed what) {
    return new Browser(token, part, shown, what, whole);
  }
}
