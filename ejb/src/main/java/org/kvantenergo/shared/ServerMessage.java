package org.kvantenergo.shared;

import java.lang.System.Logger.Level;

/**
 * The numbered messages of this deployable. Each has a row in {@code docs/errors.md}; 20xx start
 * and database, 21xx ingest, 25xx accounts, 26xx events, 27xx registry, 28xx commands.
 */
public enum ServerMessage implements NumberedMessage {
  STARTED(2001, Level.INFO, "The application has started"),
  DATABASE_AWAY(
      2002,
      Level.ERROR,
      "The database cannot be used (%s): start it or set its address, then start the server again"),
  DATABASE_OLD(2003, Level.ERROR, "PostgreSQL %s is too old: at least %s is needed"),
  SCHEMA_NEWER(
      2004,
      Level.ERROR,
      "The schema has version %s, this program knows %s: deploy a newer program"),
  SCHEMA_FAILED(2005, Level.ERROR, "The schema could not be brought to this version: %s"),
  PARTITIONS_MADE(2006, Level.INFO, "Partitions of the archive are there, %s were made"),
  PARTITIONS_NOT_MADE(
      2007,
      Level.WARNING,
      "Partitions of the archive could not be made, their records go to the catch-all: %s"),
  DATABASE_AWAITED(
      2008, Level.WARNING, "Waiting up to %s s for the database, which does not answer yet: %s"),
  DATABASE_FORGETFUL(
      2009,
      Level.ERROR,
      "PostgreSQL runs with %s off: what was acknowledged can be lost when it or its machine"
          + " fails"),
  MASTER_KEY_MADE(
      2010,
      Level.WARNING,
      "The master key was made: keep a copy of %s, without it the keys of devices cannot be read"),
  MASTER_KEY_MISSING(
      2011,
      Level.ERROR,
      "The master key %s is missing and the database holds secrets under it: put the file back or"
          + " set kvant.master-key"),
  MASTER_KEY_UNREADABLE(
      2012, Level.ERROR, "The master key of %s cannot be used, it must be 32 bytes in base64: %s"),
  MASTER_KEY_FOREIGN(
      2013,
      Level.ERROR,
      "The master key of %s is not the one of this database: give all nodes the same key"),
  KEY_UNREADABLE(
      2014, Level.ERROR, "The key of device %s cannot be opened (%s): the device is refused"),
  APN_UNREADABLE(
      2015,
      Level.ERROR,
      "Login and password of the access point of session %s cannot be opened (%s)"),
  APN_SEALED(
      2016,
      Level.INFO,
      "Logins and passwords of access points that an earlier version stored were sealed: %s"
          + " sessions"),
  APN_NOT_SEALED(
      2017,
      Level.WARNING,
      "Logins and passwords of access points could not be sealed, it is tried again: %s"),
  OTHER_PURPOSE(
      2018,
      Level.ERROR,
      "This database was set up with kvant.demo=%s. The demo's passwords are published, so the two"
          + " never mix: take another database"),
  MASTER_KEY_CHANGED(
      2019,
      Level.ERROR,
      "The master key of this database was changed while this node went on with the old one: it"
          + " seals and opens nothing any more. Give it the new key and start it again"),
  FRAME_SET_ASIDE(
      2101, Level.ERROR, "A frame of device %s was set aside in ingest_failed, SQLSTATE %s: %s"),
  FRAME_STORED_LATER(
      2104, Level.INFO, "Frame %s of device %s, which had been set aside, is stored now"),
  RETRY_FAILED(2105, Level.ERROR, "Frames that were set aside cannot be tried again for now: %s"),
  STRAY_RESULT(
      2102,
      Level.WARNING,
      "Device %s sent a result for command %s, which is not one of its own: kept and acknowledged"),
  UNKNOWN_LIMIT(
      2103,
      Level.WARNING,
      "Unknown devices are sent away for now: %s new ones from %s in this hour, %s in all"),
  COPY_REFUSED(
      2106,
      Level.WARNING,
      "Records cannot be copied into the archive, SQLSTATE %s, and are inserted, which costs more:"
          + " %s"),
  FIRST_ADMINISTRATOR_CREATED(2500, Level.INFO, "The first administrator was created: login %s"),
  FIRST_PASSWORD_TOO_SHORT(
      2501,
      Level.ERROR,
      "The first administrator's password is shorter than %s characters: no account was created"),
  LOGIN_LOCKED(2502, Level.WARNING, "Too many wrong passwords: %s is locked until %s"),
  DEMO_ACCOUNTS(
      2503, Level.WARNING, "Demo accounts exist, their passwords are known to everybody: %s"),
  BREACHED_FILE_UNREADABLE(
      2510, Level.ERROR, "The list of breached passwords %s cannot be read and is not used: %s"),
  BREACHED_FILE_UNSORTED(
      2511,
      Level.ERROR,
      "The list of breached passwords %s is not sorted at byte %s and is not used"),
  FACTOR_UNREADABLE(
      2513,
      Level.ERROR,
      "The second factor of account %s cannot be opened (%s): its codes are refused"),
  CODES_STOPPED(
      2514,
      Level.WARNING,
      "Somebody knows the password of account %s and sent %s wrong codes in a row: no code is taken any more"),
  SECOND_PASSWORD_LOCKED(
      2515, Level.WARNING, "Too many wrong second passwords: the mode is locked for %s until %s"),
  BREACHED_FILE_USED(
      2512, Level.INFO, "New passwords are looked for in the list of breached ones %s, %s bytes"),
  PROVIDER_HALF_SET(
      2530, Level.WARNING, "Nobody can sign on by a provider: %s is set, and %s is not"),
  REQUEST_REFUSED(
      2540, Level.WARNING, "A request that no page of ours sends was refused (%s): %s %s from %s"),
  BROKER_REFUSES(
      2600, Level.ERROR, "The broker does not take events, they wait in the database: %s"),
  BROKER_TAKES(2601, Level.INFO, "The broker takes events again"),
  RELAY_FAILED(2602, Level.ERROR, "Events cannot be prepared for publishing: %s"),
  LIST_FAILED(
      2700, Level.ERROR, "Work on list %s of meters broke off, nothing of it was changed: %s"),
  HOURS_NOT_COUNTED(
      2720,
      Level.WARNING,
      "Who reported in the hours that are over could not be counted, trying again in a minute: %s"),
  COMMAND_UNREADABLE(
      2800,
      Level.ERROR,
      "Login and password of command %s for device %s cannot be opened (%s): it is not sent, and nothing proves it"),
  COMMANDS_NOT_ENDED(
      2801, Level.WARNING, "Commands whose time is over could not be ended, trying again: %s"),
  CAMPAIGNS_NOT_MOVED(
      2802, Level.WARNING, "Campaigns could not be taken further, trying again: %s"),
  CAMPAIGN_HALTED(
      2803,
      Level.WARNING,
      "Campaign %s was halted: %s of %s first devices succeeded, %s %% were asked for");

  private final int number;
  private final Level level;
  private final String text;

  ServerMessage(int number, Level level, String text) {
    this.number = number;
    this.level = level;
    this.text = text;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public Level level() {
    return level;
  }

  @Override
  public String text() {
    return text;
  }
}
