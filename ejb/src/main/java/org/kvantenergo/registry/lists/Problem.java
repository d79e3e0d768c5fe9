package org.kvantenergo.registry.lists;

/** What is wrong with a file, a line or a cell. Stored by name; the pages have a text for each. */
public enum Problem {
  // The file: nothing of it is taken.
  NOT_A_LIST,
  OLD_EXCEL,
  UTF16,
  UNREADABLE,
  INFLATES,
  EMPTY,
  TOO_MANY_LINES,
  COLUMN_UNKNOWN,
  COLUMN_TWICE,
  COLUMN_MISSING,
  // A cell by itself.
  ENCODING,
  FORMULA,
  TOO_LONG,
  TOO_MANY_CELLS,
  MISSING,
  NOT_A_NUMBER,
  NOT_A_DATE,
  OUT_OF_RANGE,
  UNKNOWN_VALUE,
  BEFORE_START,
  NO_SUCH_TIME,
  ADDRESS_MISSING,
  // Against the other lines of the file.
  METER_TWICE,
  MODULE_TWICE,
  PLACE_TWICE,
  ACCOUNT_TWICE,
  GUID_TWICE,
  // Against the base.
  OTHER_RESOURCE,
  OCCUPIED,
  STANDS_SINCE,
  TOO_EARLY,
  MODULE_UNKNOWN,
  FITTED_SINCE,
  FITTED_TOO_EARLY,
  GUID_TAKEN,
  ACCOUNT_SINCE,
  ACCOUNT_TOO_EARLY,
  NOTHING_REPLACED
}
