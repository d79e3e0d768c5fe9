package org.kvantenergo.registry.lists;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;

/** Lists of meters from files: a dry run first, then applying. */
public interface Lists {

  /** Largest file, bytes. */
  long MAX_BYTES = 64L << 20;

  /** Most lines of a file. */
  int MAX_LINES = 200_000;

  /**
   * Notes a list; it is not read yet.
   *
   * @param owner whose meters they are: the caller's own organisation
   * @param zone of sites whose line does not say
   */
  ListId announce(Caller caller, OrganisationId owner, String fileName, ZoneId zone);

  /** Reads and checks a file, and deletes it; on a thread of its own. */
  void read(Caller caller, ListId list, Path file);

  /** One's own list; empty if there is none. */
  Optional<ListStatus> status(Caller caller, ListId list);

  /** One's own lists, newest first, at most ten: what is under way, and what was lately. */
  List<ListStatus> recent(Caller caller);

  /** What is wrong with it, by line; at most the first 10,000. */
  Page<ListError> errors(Caller caller, ListId list, Slice slice);

  /** All that is wrong with it, by line, one after another. */
  void report(Caller caller, ListId list, Consumer<ListError> sink);

  /**
   * Gives a list up: what is under way is taken back at its next step.
   *
   * @return whether it was this call that did; false if there is nothing of one's own to give up
   */
  boolean cancel(Caller caller, ListId list);

  /**
   * Takes a checked list to be applied, once.
   *
   * @return whether it was this call that did; false if it is not a checked list of one's own or,
   *     unless bad lines are to be left out, there are any
   */
  boolean begin(Caller caller, ListId list, boolean leaveOutBad);

  /** Applies a list that was begun, in one transaction; on a thread of its own. */
  void apply(Caller caller, ListId list, boolean leaveOutBad);
}
