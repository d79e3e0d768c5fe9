package org.kvantenergo.launcher.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;

/** Something that is measured in every round. */
interface Subject {

  /** What the page shows it as. */
  enum Kind {
    LOAD,
    HOUR,
    IDLE,
    LIMIT,
    ARCHIVE
  }

  /** What it is. */
  Label label();

  /** Once before the rounds: what has to be warm is made warm, what has to be found is found. */
  default void prepare(Stage stage) throws IOException, InterruptedException, SQLException {}

  /** One round. */
  Map<Quantity, Double> measure(Stage stage) throws IOException, InterruptedException, SQLException;

  /**
   * What a subject is called.
   *
   * @param id in the JSON; its first letter is the load's in issue 4 where it is one
   * @param kind what the page shows it as
   * @param title for people
   * @param command the options that repeat it, without those that every one has
   */
  record Label(String id, Kind kind, String title, String command) {}
}
