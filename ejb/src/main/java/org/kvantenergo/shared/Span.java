package org.kvantenergo.shared;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * A time from a moment to another.
 *
 * @param from inclusive; null: from ever
 * @param until exclusive; null: for ever
 */
public record Span(Instant from, Instant until) {

  /** All times. */
  public static final Span ALL = new Span(null, null);

  /** The beginning as a value of a statement; «-infinity» where there is none. */
  public OffsetDateTime lower() {
    return from == null ? OffsetDateTime.MIN : from.atOffset(ZoneOffset.UTC);
  }

  /** The end as a value of a statement; «infinity» where there is none. */
  public OffsetDateTime upper() {
    return until == null ? OffsetDateTime.MAX : until.atOffset(ZoneOffset.UTC);
  }

  /** Fills two places, {@code t >= ? and t < ?}; returns the next one. */
  public int bind(PreparedStatement statement, int place) throws SQLException {
    statement.setObject(place, lower());
    statement.setObject(place + 1, upper());
    return place + 2;
  }
}
