package org.kvantenergo.launcher;

import java.util.Locale;

/**
 * What the launcher may have to tell the person at the console, with the number under which
 * docs/errors.md says what to do. One line each: what is wrong, then what to do about it.
 */
public enum LaunchMessage {
  WRONG_OPTION(5001, "-D%s=%s is not %s."),
  NOT_WRITABLE(
      5002,
      "The data folder %s cannot be written (%s). Give this user the right to, or choose another"
          + " folder with -Dkvant.data.dir=PATH."),
  ALREADY_RUNNING(
      5003,
      "Kvant-Energo already runs from the data folder %s (process %s). Stop that one first, or"
          + " choose another folder with -Dkvant.data.dir=PATH."),
  LEFT_OVER_STOPPED(5004, "Stopped %s (process %d), left over from a launch that was killed."),
  LEFT_OVER_STUCK(
      5005, "%s (process %d) is left over from an earlier launch and cannot be stopped. End it."),
  PORT_IN_USE(
      5010,
      "Port %d (%s) is already in use. Stop the program that listens there, or choose another port"
          + " with -D%s=PORT."),
  PORTS_EQUAL(
      5011, "-D%s and -D%s are both %d. Choose another port for one of them, such as -D%s=PORT."),
  TLS_KEYSTORE(
      5012,
      "The keystore %s cannot be used (%s). Check -Dkvant.module.tls.keystore and its password in"
          + " KVANT_MODULE_TLS_PASSWORD."),
  HTTPS_KEYSTORE(
      5090,
      "The keystore %s for pages cannot be used (%s). Check -Dkvant.https.keystore and its password"
          + " in KVANT_HTTPS_PASSWORD."),
  DATABASE_SILENT(
      5020, "The database %s does not answer (%s). Check address, port and that it runs."),
  DATABASE_REFUSED(
      5021,
      "The database %s refuses user %s (%s). Check -Dkvant.db.user and KVANT_DB_PASSWORD, and"
          + " pg_hba.conf over there."),
  DATABASE_MISSING(5022, "There is no database at %s (%s). Create it first."),
  DATABASE_NO_RIGHTS(
      5023, "User %s may not create tables in %s. Make the user the owner of the database."),
  DATABASE_TOO_OLD(5024, "The database %s is PostgreSQL %s; Kvant-Energo needs %d or newer."),
  DATABASE_NOT_DURABLE(
      5025,
      "The database %s runs with %s=%s: what is acknowledged may be lost in a power failure. Switch"
          + " it on."),
  DATA_OTHER_POSTGRES(
      5026,
      "The data folder %s was written by PostgreSQL %s, this is %s. Choose another folder with"
          + " -Dkvant.data.dir=PATH, or bring the data over with pg_dump of the old version."),
  DATA_OTHER_FORMAT(
      5027,
      "The data folder %s has format %s, this version of Kvant-Energo reads %s. Choose another"
          + " folder with -Dkvant.data.dir=PATH, or start the version that wrote it."),
  DATA_OTHER_PURPOSE(
      5028,
      "The data folder %s was set up with kvant.demo=%s. The demo's accounts have published"
          + " passwords, so the two never mix: choose another folder with -Dkvant.data.dir=PATH."),
  EMBEDDED_DATABASE_FAILED(
      5029, "The embedded PostgreSQL does not start (%s). Its own words are in %s."),
  SERVER_DIED_STARTING(
      5030, "The server stopped while it was starting (exit code %d): %s. Log: %s"),
  DEPLOYMENT_FAILED(5031, "The server could not start the application: %s. Log: %s"),
  SERVER_DIED(5032, "The server stopped by itself (exit code %d). Log: %s"),
  SERVER_NOT_READY(5033, "The server did not become ready in %d s (missing: %s). Log: %s"),
  SERVER_KILLED(5034, "The server did not stop in %d s and was killed."),
  NO_ADMIN_PASSWORD(
      5040,
      "There is no account yet, no demo is wanted and nobody sits at a console: give the first"
          + " administrator's password in the environment variable KVANT_ADMIN_PASSWORD."),
  ADMIN_PASSWORD_SHORT(5041, "The first administrator's password needs at least %d characters."),
  SIMULATOR_FAILED(
      5050, "The simulator (%s) ended with exit code %d; its words are above. The server goes on."),
  BENCH_UNCLEAN(
      5051, "The load '%s' ended with exit code %d: not everything was acknowledged as it should."),
  NOT_BUILT(
      5060, "%s is missing. Start with mvn -Prun from the project's folder, which builds it."),
  FILL_NO_SCHEMA(
      5070, "The database %s has no archive yet. Let the server make it: start it there once."),
  FILL_NOT_DEMO(
      5071,
      "The database %s is not a demo's, or has the fleet's serial numbers under other owners:"
          + " records that were made up belong nowhere else."),
  FILL_DONE(
      5072,
      "The archive of %s is filled already. To fill it otherwise, begin with a new database."),
  FILL_UNDER_WAY(5073, "The archive of %s is being filled by another program."),
  FILL_NO_PARTITIONS(
      5074,
      "The archive of %s has no partitions for all hours from %s to %s, in which %d records lie."),
  FILL_NO_ROOM(
      5075,
      "%d records need %.1f GB while they are written; the disk of %s has %.1f GB left. Ask for"
          + " fewer with -Dkvant.fill.records=N, or make room."),
  FILL_FAILED(5076, "The archive could not be filled (%s). Start it again: it begins anew."),
  AUDIT_BROKEN(5080, "The audit of %s is not whole: %s. The last row that is right: %s"),
  AUDIT_UNREAD(5081, "The audit could not be read: %s"),
  REKEY_SERVERS(
      5091,
      "Servers are connected to %s (%d connections). Stop all of them: they seal under the old"
          + " key."),
  REKEY_UNREADABLE(
      5092,
      "A value of %s.%s (%s) cannot be opened: %s. Nothing was changed. Find out what wrote it, or"
          + " remove it."),
  REKEY_NO_KEY(5093, "The master key of %s cannot be used: %s"),
  REKEY_FOREIGN(
      5094, "The master key that was given is not the one of %s. Give the one in use there."),
  REKEY_NO_NEXT(
      5095,
      "The master key comes from KVANT_MASTER_KEY, so the next one must be given in"
          + " KVANT_MASTER_KEY_NEW: openssl rand -base64 32 makes one."),
  REKEY_FAILED(5096, "The master key could not be changed, everything is as it was: %s");

  private final int number;
  private final String text;

  LaunchMessage(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** 5000 to 5999; unique; never reused for another meaning. */
  public int number() {
    return number;
  }

  /** The line's pattern, as for {@link String#format}. */
  public String text() {
    return text;
  }

  /** The whole line, with its number. */
  public String line(Object... arguments) {
    return "KVANT-" + number + " " + String.format(Locale.ROOT, text, arguments);
  }

  /** The same, to be thrown. */
  public LaunchException exception(Object... arguments) {
    return new LaunchException(line(arguments));
  }
}
