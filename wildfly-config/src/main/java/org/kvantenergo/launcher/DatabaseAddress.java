package org.kvantenergo.launcher;

/**
 * How to reach a database.
 *
 * @param url a JDBC URL of PostgreSQL
 * @param user the role the application signs in as
 * @param password may be empty; never printed
 */
public record DatabaseAddress(String url, String user, String password) {
  @Override
  public String toString() {
    return user + " at " + url;
  }
}
