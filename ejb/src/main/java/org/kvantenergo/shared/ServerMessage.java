package org.kvantenergo.shared;

import java.lang.System.Logger.Level;

/**
 * The numbered messages of this deployable. Each has a row in {@code docs/errors.md}; 20xx start
 * and database, 21xx ingest, 25xx accounts, 26xx events.
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
      "PostgreSQL runs with %s off: what was acknowledged can be lost when it or its machine fails"),
  MASTER_KEY_MADE(
      2010,
      Level.WARNING,
      "The master key was made: keep a copy of %s, without it the keys of devices cannot be read"),
  MASTER_KEY_MISSING(
      2011,
      Level.ERROR,
      "The master key %s is missing and the database holds secrets under it: put the file back or set kvant.master-key"),
  MASTER_KEY_UNREADABLE(
      2012, Level.ERROR, "The master key of %s cannot be used, it must be 32 bytes in base64: %s"),
  MASTER_KEY_FOREIGN(
      2013,
      Level.ERROR,
      "The master key of %s is not the one of this database: give all nodes the same key"),
  KEY_UNREADABLE(
      2014, Level.ERROR, "The key of device %s cannot be opened (%s): the device is refused"),
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
  FIRST_ADMINISTRATOR_CREATED(2500, Level.INFO, "The first administrator was created: login %s"),
  FIRST_PASSWORD_TOO_SHORT(
      2501,
      Level.ERROR,
      "The first administrator's password is shorter than %s characters: no account was created"),
  LOGIN_LOCKED(2502, Level.WARNING, "Too many wrong passwords: %s is locked until %s"),
  DEMO_ACCOUNTS(
      2503, Level.WARNING, "Demo accounts exist, their passwords are known to everybody: %s"),
  BROKER_REFUSES(
      2600, Level.ERROR, "The broker does not take events, they wait in the database: %s"),
  BROKER_TAKES(2601, Level.INFO, "The broker takes events again"),
  RELAY_FAILED(2602, Level.ERROR, "Events cannot be prepared for publishing: %s");

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
