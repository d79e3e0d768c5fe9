package org.kvantenergo.command.internal;

import org.kvantenergo.shared.Sql;

/** One node at a time: a lock of the database that its transaction holds, and nobody waits for. */
final class Turn {

  /** Of who ends commands. */
  static final long ENDS = 6001;

  private Turn() {}

  /** Whether this transaction has it, till its end. */
  static boolean taken(Sql sql, long turn) {
    return sql.first(
            "taking turns", row -> row.getBoolean(1), "select pg_try_advisory_xact_lock(?)", turn)
        .orElse(false);
  }
}
