package org.kvantenergo.view;

import java.util.Optional;
import org.kvantenergo.shared.Caller;

/**
 * Views of the upper table. Each belongs to one person, and only that person changes it; the
 * permission is that of the table. They are not in the audit: they hold nobody's data, say nothing
 * about devices, and a width that is dragged would write there as often as a mouse moves.
 */
public interface Views {

  /** Most views of one person. */
  int MOST = 50;

  /** Longest name. */
  int LONGEST = 60;

  /** What the person has of their own. */
  Shelf shelf(Caller caller);

  /**
   * A view by its link: one's own, or a shared one of one's organisation. Empty for all others, as
   * if there were none.
   */
  Optional<SavedView> find(Caller caller, ViewId view);

  /**
   * Saves a look under a new name.
   *
   * @throws ViewRefusedException if the name is empty, too long or taken, or there are {@link
   *     #MOST}
   */
  ViewId add(Caller caller, String name, Look look);

  /**
   * Gives an own view another look.
   *
   * @throws ViewRefusedException if it is not one's own
   */
  void save(Caller caller, ViewId view, Look look);

  /**
   * Renames an own view, and says whether others of the organisation may open it.
   *
   * @throws ViewRefusedException if it is not one's own, or the name is empty, too long or taken
   */
  void change(Caller caller, ViewId view, String name, boolean shared);

  /**
   * Forgets an own view.
   *
   * @throws ViewRefusedException if it is not one's own
   */
  void remove(Caller caller, ViewId view);

  /**
   * The page opens with an own view from now on.
   *
   * @throws ViewRefusedException if it is not one's own
   */
  void startWith(Caller caller, ViewId view);

  /** The page opens with what nobody has to save. */
  void startWithReady(Caller caller, Ready ready);

  /** Remembers columns, density and sorting as they are; groups and filter are not kept. */
  void keep(Caller caller, Look look);
}
