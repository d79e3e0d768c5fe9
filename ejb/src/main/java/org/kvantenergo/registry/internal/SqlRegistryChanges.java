package org.kvantenergo.registry.internal;

import static org.kvantenergo.registry.internal.Told.merged;
import static org.kvantenergo.registry.internal.Told.told;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.registry.ConsumerId;
import org.kvantenergo.registry.Meter;
import org.kvantenergo.registry.MeterId;
import org.kvantenergo.registry.MeterRow;
import org.kvantenergo.registry.RefusedException;
import org.kvantenergo.registry.RefusedException.Reason;
import org.kvantenergo.registry.RegistryChanges;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.registry.SiteKind;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Sql;

/**
 * Changes, each under the lock of its meter. That nothing overlaps is the database's own business:
 * what its constraints refuse is told as such.
 */
@ApplicationScoped
@Transactional
public class SqlRegistryChanges implements RegistryChanges {

  private static final String DOING = "changing the registry";

  private final Sql sql;
  private final Places places;
  private final Fittings fittings;
  private final Periods seals;
  private final Settlements settlements;
  private final Meters rows;
  private final Refusals refusals;
  private final AuditTrail audit;

  @Inject
  public SqlRegistryChanges(DataSource dataSource, AuditTrail audit) {
    this.sql = new Sql(dataSource);
    this.places = new Places(sql);
    this.fittings = new Fittings(sql);
    this.seals = new Periods(sql, "meter_seal", "meter_id = ? and number = ?");
    this.rows = new Meters(sql);
    this.refusals = new Refusals(sql);
    this.settlements = new Settlements(sql, refusals, audit);
    this.audit = audit;
  }

  /** For the proxies of CDI. */
  protected SqlRegistryChanges() {
    this(null, null);
  }

  @Override
  public SiteId site(Caller caller, OrganisationId owner, Map<SiteKind, String> way, ZoneId zone) {
    permitted(caller, owner);
    return Refusals.refusing(
        () -> {
          Long parent = null;
          for (Map.Entry<SiteKind, String> step : new TreeMap<>(way).entrySet()) {
            parent = step(owner, parent, step.getKey(), step.getValue().strip(), zone);
          }
          return new SiteId(parent);
        });
  }

  private Long step(OrganisationId owner, Long parent, SiteKind kind, String name, ZoneId zone) {
    sql.update(
        DOING,
        """
        insert into site (organisation_id, kind, parent_id, parent_rank, name, address, zone)
        select ?, ?, p.id, p.rank, n.name, '', ?
        from (values (?::bigint, ?::text)) as n(parent_id, name)
        left join site p on p.id = n.parent_id
        on conflict (organisation_id, lower(address)) do nothing
        """,
        owner.value(),
        kind.name(),
        zone.getId(),
        parent,
        name);
    return sql.list(
            DOING,
            row -> row.getLong(1),
            """
            select s.id from site s where s.organisation_id = ? and lower(s.address) = lower(
              coalesce((select p.address || ', ' from site p where p.id = ?), '') || site_label(?, ?))
            """,
            owner.value(),
            parent,
            kind.name(),
            name)
        .get(0);
  }

  @Override
  public MeterId add(Caller caller, OrganisationId owner, Meter meter, Placing placing) {
    permitted(caller, owner);
    return Refusals.refusing(
        () -> {
          String address = placing == null ? null : refusals.mustSee(caller, placing.site());
          MeterId made = rows.insert(owner, meter);
          if (placing != null) {
            refusals.mustOwn(owner, placing.site());
            Meters.mustFit(meter.capacity(), placing.reading());
            places.move(made, placing);
          }
          note(caller, AuditAction.METER_ADDED, made, Map.of(), told(meter, address, placing));
          return made;
        });
  }

  @Override
  public void correct(Caller caller, Meter meter) {
    changing(
        caller,
        meter.id(),
        was -> {
          int changed =
              sql.update(
                  DOING,
                  """
                  update meter set type = ?, serial = ?, capacity = ?, diameter = ?, version = version + 1
                  where id = ? and version = ?
                  """,
                  meter.type().strip(),
                  meter.serial().strip(),
                  meter.capacity(),
                  meter.diameter(),
                  meter.id().value(),
                  meter.version());
          if (changed == 0) {
            throw new RefusedException(Reason.CHANGED);
          }
          note(caller, AuditAction.METER_CORRECTED, meter.id(), told(was), told(meter));
        });
  }

  @Override
  public void place(Caller caller, MeterId meter, Placing placing) {
    changing(
        caller,
        meter,
        was -> {
          String address = refusals.mustSee(caller, placing.site());
          refusals.mustOwn(rows.owner(meter), placing.site());
          Meters.mustFit(was.capacity(), placing.reading());
          places.move(meter, placing);
          note(caller, AuditAction.METER_PLACED, meter, Map.of(), told(was, address, placing));
        });
  }

  @Override
  public void remove(Caller caller, MeterId meter, Instant at, BigDecimal reading) {
    changing(
        caller,
        meter,
        was -> {
          Meters.mustFit(was.capacity(), reading);
          something(places.leave(meter, at, reading));
          fittings.unfit(meter, at);
          note(
              caller,
              AuditAction.METER_REMOVED,
              meter,
              told(was),
              told("at", at, "reading", reading));
        });
  }

  @Override
  public void replace(Caller caller, MeterId old, MeterId fresh, Instant at, Readings readings) {
    changing(caller, old, was -> replaced(caller, was, rows.lock(caller, fresh), at, readings));
  }

  @Override
  public MeterId replaceBy(Caller caller, MeterId old, Meter plate, Instant at, Readings readings) {
    MeterId[] fresh = new MeterId[1];
    changing(
        caller,
        old,
        was -> {
          OrganisationId owner = rows.owner(old);
          Meter asked =
              new Meter(
                  null,
                  was.resource(),
                  plate.type(),
                  plate.serial(),
                  plate.capacity(),
                  plate.diameter(),
                  0);
          fresh[0] = rows.known(owner, asked).orElseGet(() -> rows.insert(owner, asked));
          replaced(caller, was, rows.lock(caller, fresh[0]), at, readings);
        });
    return fresh[0];
  }

  private void replaced(Caller caller, Meter was, Meter fresh, Instant at, Readings readings) {
    Places.Stay stay = places.at(was.id(), at);
    if (stay == null || was.id().equals(fresh.id())) {
      throw new RefusedException(Reason.NOTHING);
    }
    if (was.resource() != fresh.resource()) {
      throw new RefusedException(Reason.RESOURCE);
    }
    if (!rows.owner(was.id()).equals(rows.owner(fresh.id()))) {
      throw new RefusedException(Reason.OTHER_OWNER);
    }
    Meters.mustFit(was.capacity(), readings.last());
    Meters.mustFit(fresh.capacity(), readings.first());
    places.leave(was.id(), at, readings.last());
    places.take(fresh.id(), stay, at, readings.first());
    DeviceId device = fittings.deviceOf(was.id(), at);
    if (device != null) {
      fittings.fit(fresh.id(), device, at);
    }
    note(
        caller,
        AuditAction.METER_REPLACED,
        was.id(),
        merged(told(was), told("reading", readings.last())),
        merged(told(fresh), told("at", at, "reading", readings.first())));
  }

  @Override
  public void fit(Caller caller, MeterId meter, DeviceId device, Instant at) {
    changing(
        caller,
        meter,
        was -> {
          String registered =
              "select d.serial from device d where d.id = ? and d.state in ('REGISTERED', 'BLOCKED') and ";
          List<Long> serial =
              sql.list(
                  DOING,
                  row -> row.getLong(1),
                  registered + VisibleDevice.seen(caller.scope()) + " for update",
                  device.value());
          if (serial.isEmpty()) {
            throw new RefusedException(Reason.UNKNOWN);
          }
          fittings.fit(meter, device, at);
          note(
              caller,
              AuditAction.METER_FITTED,
              meter,
              Map.of(),
              merged(told(was), told("at", at, "module", serial.get(0))));
        });
  }

  @Override
  public void unfit(Caller caller, MeterId meter, Instant at) {
    changing(
        caller,
        meter,
        was -> {
          something(fittings.unfit(meter, at));
          note(caller, AuditAction.METER_UNFITTED, meter, told(was), told("at", at));
        });
  }

  @Override
  public void verify(Caller caller, MeterId meter, MeterRow.Verified verified) {
    changing(
        caller,
        meter,
        was -> {
          sql.update(
              DOING,
              """
              insert into meter_verification (meter_id, done_on, due_on) values (?, ?, ?)
              on conflict (meter_id, done_on) do update set due_on = excluded.due_on
              """,
              meter.value(),
              verified.doneOn(),
              verified.dueOn());
          note(
              caller,
              AuditAction.METER_VERIFIED,
              meter,
              Map.of(),
              merged(told(was), told("done", verified.doneOn(), "due", verified.dueOn())));
        });
  }

  @Override
  public void seal(Caller caller, MeterId meter, String number, Instant at) {
    changing(
        caller,
        meter,
        was -> {
          sql.update(
              DOING,
              "insert into meter_seal (meter_id, number, valid) values (?, ?, tstzrange(?, null))",
              meter.value(),
              number.strip(),
              at);
          note(
              caller,
              AuditAction.METER_SEALED,
              meter,
              Map.of(),
              merged(told(was), told("at", at, "seal", number.strip())));
        });
  }

  @Override
  public void unseal(Caller caller, MeterId meter, String number, Instant at) {
    changing(
        caller,
        meter,
        was -> {
          something(seals.end(at, meter.value(), number.strip()));
          note(
              caller,
              AuditAction.METER_UNSEALED,
              meter,
              merged(told(was), told("seal", number.strip())),
              told("at", at));
        });
  }

  @Override
  public void settle(Caller caller, SiteId site, String number, String holder, LocalDate since) {
    caller.require(Permission.REGISTER);
    Refusals.refusing(() -> settlements.settle(caller, site, number.strip(), holder, since));
  }

  @Override
  public void move(Caller caller, ConsumerId account, SiteId site, String holder, LocalDate since) {
    caller.require(Permission.REGISTER);
    Refusals.refusing(() -> settlements.move(caller, account, site, holder, since));
  }

  @Override
  public void leave(Caller caller, ConsumerId account, LocalDate until) {
    caller.require(Permission.REGISTER);
    Refusals.refusing(() -> something(settlements.leave(caller, account, until)));
  }

  private void permitted(Caller caller, OrganisationId owner) {
    caller.require(Permission.REGISTER);
    refusals.mustSee(caller, owner);
  }

  private void changing(Caller caller, MeterId meter, Consumer<Meter> change) {
    caller.require(Permission.REGISTER);
    Refusals.refusing(() -> change.accept(rows.lock(caller, meter)));
  }

  private static void something(boolean ended) {
    if (!ended) {
      throw new RefusedException(Reason.NOTHING);
    }
  }

  private void note(
      Caller caller,
      AuditAction action,
      MeterId meter,
      Map<String, String> before,
      Map<String, String> after) {
    audit.note(caller, action, "meter " + meter.value(), before, after);
  }
}
