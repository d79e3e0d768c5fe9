package org.kvantenergo.device;

import java.util.List;
import org.kvantenergo.shared.Caller;

/**
 * Names of the bits of error masks and status words. Whoever runs the installation has it in order;
 * everybody reads it. Safe for any thread.
 */
public interface ErrorDictionary {

  /** Most characters of a name. */
  int LONGEST = 100;

  /** Where a bit stands. Stored by name. */
  enum Mask {
    /** Errors of measurement. */
    MEASUREMENT,
    /** Errors of temperature. */
    TEMPERATURE,
    /** Errors of control. */
    CONTROL,
    /** Errors of calibration. */
    CALIBRATION,
    /** Errors of hardware. */
    HARDWARE,
    /** The status word. */
    STATUS
  }

  /** What a bit that is set asks for. Stored by name. */
  enum Severity {
    /** Nothing. */
    QUIET,
    /** To be looked at today. */
    LOOK,
    /** To be acted upon now. */
    ACT
  }

  /**
   * What a bit means.
   *
   * @param model u16; null = any
   * @param protocol version, u8; null = any
   * @param mask where it stands
   * @param bit 0..15
   * @param russian its name, 1..100 characters
   * @param english its name, 1..100 characters
   * @param severity what it asks for
   */
  record Entry(
      Integer model,
      Integer protocol,
      Mask mask,
      int bit,
      String russian,
      String english,
      Severity severity) {}

  /**
   * An entry as it is kept.
   *
   * @param id the row
   * @param version grows with every change
   * @param entry what it says
   */
  record Row(long id, int version, Entry entry) {}

  /** What became of a change. */
  enum Outcome {
    /** It was made. */
    DONE,
    /** A value is out of its range, or a name is missing. */
    MALFORMED,
    /** There is an entry for that bit, model and version. */
    EXISTS,
    /** There is no such entry any more. */
    UNKNOWN,
    /** Somebody else has changed it meanwhile. */
    CHANGED,
    /** The caller's organisation does not run the installation. */
    NOT_YOURS
  }

  /** All that is known now, to look many bits up. */
  ErrorNames names();

  /** All entries: masks in their order, then bits, the least specific first. */
  List<Row> list();

  /** Adds an entry; asks for {@code EDIT_DICTIONARIES}. */
  Outcome add(Caller caller, Entry entry);

  /**
   * Changes an entry; asks for {@code EDIT_DICTIONARIES}.
   *
   * @param version as it was shown
   */
  Outcome change(Caller caller, long id, int version, Entry entry);

  /** Removes an entry; asks for {@code EDIT_DICTIONARIES}. */
  Outcome remove(Caller caller, long id, int version);
}
