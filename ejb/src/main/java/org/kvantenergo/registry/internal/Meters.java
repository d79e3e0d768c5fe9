package org.kvantenergo.registry.internal;

import java.math.BigDecimal;
import java.util.Optional;
import org.kvantenergo.registry.Meter;
import org.kvantenergo.registry.MeterId;
import org.kvantenergo.registry.RefusedException;
import org.kvantenergo.registry.RefusedException.Reason;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Sql;

/** Rows of meters, as changes need them. */
final class Meters {

  private static final String DOING = "looking after meters";

  /** Of a reading. */
  private static final int DECIMALS = 3;

  private final Sql sql;

  Meters(Sql sql) {
    this.sql = sql;
  }

  MeterId insert(OrganisationId owner, Meter meter) {
    return sql.list(
            DOING,
            row -> new MeterId(row.getLong(1)),
            """
            insert into meter (organisation_id, resource, type, serial, capacity, diameter)
            values (?, ?, ?, ?, ?, ?) returning id
            """,
            owner.value(),
            meter.resource().name(),
            meter.type().strip(),
            meter.serial().strip(),
            meter.capacity(),
            meter.diameter())
        .get(0);
  }

  Optional<MeterId> known(OrganisationId owner, Meter plate) {
    return sql
        .list(
            DOING,
            row -> new MeterId(row.getLong(1)),
            """
            select id from meter
            where organisation_id = ? and lower(type) = lower(?) and lower(serial) = lower(?)
            """,
            owner.value(),
            plate.type().strip(),
            plate.serial().strip())
        .stream()
        .findFirst();
  }

  OrganisationId owner(MeterId meter) {
    String of = "select organisation_id from meter where id = ?";
    return sql.list(DOING, row -> new OrganisationId(row.getLong(1)), of, meter.value()).get(0);
  }

  /** The plate of a meter, which is held until the end of the transaction. */
  Meter lock(Caller caller, MeterId meter) {
    String seen = InScope.of(caller.scope(), "m.organisation_id");
    return sql
        .list(
            DOING,
            MeterRows::meter,
            """
            select m.id, m.resource, m.type, m.serial, m.capacity, m.diameter, m.version
            from meter m where m.id = ? and %s for update
            """
                .formatted(seen),
            meter.value())
        .stream()
        .findFirst()
        .orElseThrow(() -> new RefusedException(Reason.UNKNOWN));
  }

  /** A register that begins again at its capacity never shows it. */
  static void mustFit(BigDecimal capacity, BigDecimal reading) {
    if (reading != null
        && (reading.signum() < 0
            || reading.stripTrailingZeros().scale() > DECIMALS
            || (capacity != null && reading.compareTo(capacity) > 0))) {
      throw new RefusedException(Reason.VALUE);
    }
  }
}
