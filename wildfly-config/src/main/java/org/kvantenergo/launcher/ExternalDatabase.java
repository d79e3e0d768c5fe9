package org.kvantenergo.launcher;

/** A PostgreSQL that somebody else runs; it is looked at and left alone. */
record ExternalDatabase(DatabaseAddress address) implements Database {

  static ExternalDatabase open(DatabaseAddress address) {
    DatabaseCheck.requireUsable(address);
    return new ExternalDatabase(address);
  }

  @Override
  public String description() {
    return "PostgreSQL at " + address.url();
  }

  @Override
  public void close() {
    // Not ours to stop.
  }
}
