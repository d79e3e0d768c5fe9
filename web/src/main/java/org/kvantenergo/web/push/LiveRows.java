package org.kvantenergo.web.push;

import java.util.List;
import java.util.Set;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.shared.DeviceId;

/** Draws rows of a table of devices for all who look at it at once. */
public interface LiveRows {

  /**
   * Rows that somebody is to have.
   *
   * @param viewer who
   * @param devices whose rows
   * @param columns names of those that the page shows
   */
  record Wanted(Viewer viewer, Set<DeviceId> devices, Set<String> columns) {}

  /**
   * As HTML that a page puts in the places of what it has.
   *
   * @return for each who wants some, in their order, what that one sees of it
   * @throws org.kvantenergo.shared.DatabaseException if the database does not say
   */
  List<String> draw(List<Wanted> wanted);
}
