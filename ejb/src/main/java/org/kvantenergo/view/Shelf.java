package org.kvantenergo.view;

import java.util.List;

/**
 * What a person has of their own.
 *
 * @param views by name
 * @param start the view that the page opens with, null if it is one of the ready ones
 * @param ready what it opens with otherwise
 * @param left columns, density and sorting as they were left, without groups and filter; null if
 *     nothing was changed yet
 */
public record Shelf(List<SavedView> views, ViewId start, Ready ready, Look left) {

  /** Takes its own copy of the list. */
  public Shelf {
    views = List.copyOf(views);
  }
}
