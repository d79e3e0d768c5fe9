package org.kvantenergo.command;

import java.time.Instant;

/**
 * A command as people write and read it: what does not belong to its kind is null. Nothing is
 * checked here; what is wrong with one is said by {@link CommandDesk}.
 *
 * @param kind null if only a newer program knows it
 * @param contractDay of SCHEDULE, 1..28
 * @param contractHour of SCHEDULE, 0..23
 * @param periodMinutes of SCHEDULE, exchange period, 1..44640 min
 * @param retries of RETRIES, 0..10
 * @param apn of APN, at most 63 bytes of UTF-8 without U+0000; login and password are never shown
 * @param from of ARCHIVE, module time, inclusive, 1970..2106
 * @param to of ARCHIVE, module time, inclusive, not before {@code from}
 */
public record CommandText(
    CommandKind kind,
    Integer contractDay,
    Integer contractHour,
    Integer periodMinutes,
    Integer retries,
    String apn,
    Instant from,
    Instant to) {

  /** «Установка расписания модуля». */
  public static CommandText schedule(int contractDay, int contractHour, int periodMinutes) {
    return new CommandText(
        CommandKind.SCHEDULE, contractDay, contractHour, periodMinutes, null, null, null, null);
  }

  /** Locks the settings. */
  public static CommandText metrological() {
    return new CommandText(CommandKind.METROLOGICAL, null, null, null, null, null, null, null);
  }

  /** Opens the settings. */
  public static CommandText technological() {
    return new CommandText(CommandKind.TECHNOLOGICAL, null, null, null, null, null, null, null);
  }

  /** «Количество повторов выполнения команды». */
  public static CommandText retries(int retries) {
    return new CommandText(CommandKind.RETRIES, null, null, null, retries, null, null, null);
  }

  /** The access point; login and password go beside it. */
  public static CommandText apn(String apn) {
    return new CommandText(CommandKind.APN, null, null, null, null, apn, null, null);
  }

  /** The records of a period once more. */
  public static CommandText archive(Instant from, Instant to) {
    return new CommandText(CommandKind.ARCHIVE, null, null, null, null, null, from, to);
  }
}
