package org.kvantenergo.launcher;

/** A database that is ready for the application. Closing stops what the launcher itself started. */
public interface Database extends AutoCloseable {
  DatabaseAddress address();

  /** One line for the person at the console: what it is and where its data is. */
  String description();

  @Override
  void close();
}
