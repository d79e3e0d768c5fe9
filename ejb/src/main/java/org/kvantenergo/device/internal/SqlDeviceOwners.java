package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.device.DeviceOwners;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;

/** Periods of ownership: rows that a trigger of the registry writes, and transfers. */
@ApplicationScoped
public class SqlDeviceOwners implements DeviceOwners {

  private static final String PERIODS =
      """
      select o.since, o.organisation_id from device_owner o join device d on d.id = o.device_id
      where\s"""
          + VisibleDevice.CONDITION;

  private static final String FIND =
      """
      select d.id, d.imei, d.serial, d.organisation_id, o.name,
        (select max(p.since) from device_owner p where p.device_id = d.id) as since
      from device d join organisation o on o.id = d.organisation_id
      where d.state in ('REGISTERED', 'BLOCKED')
        and (d.serial = any(?) or (d.imei <> 0 and d.imei = any(?)))
        and %s
      order by d.serial limit 1000
      """;

  // Both in one statement: the row of the period is there when the trigger looks for it.
  private static final String TRANSFER =
      """
      with given as (select ?::bigint as organisation_id, ?::timestamptz as since),
      moved as (
        select d.id, g.organisation_id, g.since from device d, given g
        where d.id = any(?) and %s and %s
          and d.organisation_id <> g.organisation_id
          and not exists (
            select from device_owner o where o.device_id = d.id and o.since >= g.since)
        for update of d),
      noted as (
        insert into device_owner (device_id, since, organisation_id)
        select id, since, organisation_id from moved)
      update device d set organisation_id = m.organisation_id, group_id = null
      from moved m where m.id = d.id returning d.id
      """;

  private static final int MOST_NAMED = 100;

  private final DataSource dataSource;
  private final Uses uses;
  private final AuditTrail audit;
  private final Clock clock;

  @Inject
  public SqlDeviceOwners(DataSource dataSource, Uses uses, AuditTrail audit, Clock clock) {
    this.dataSource = dataSource;
    this.uses = uses;
    this.audit = audit;
    this.clock = clock;
  }

  /** For the proxies of CDI. */
  protected SqlDeviceOwners() {
    this(null, null, null, null);
  }

  /** The first of them: what was asked for, whether or not it was done. */
  private static String ids(Collection<DeviceId> devices) {
    return devices.stream()
        .limit(MOST_NAMED)
        .map(device -> Long.toString(device.value()))
        .collect(Collectors.joining(" "));
  }

  @Override
  public List<Owned> find(Scope scope, Collection<Long> numbers) {
    String sql = FIND.formatted(VisibleDevice.seen(scope));
    try (Connection connection = dataSource.getConnection();
        PreparedStatement query = connection.prepareStatement(sql)) {
      long[] all = numbers.stream().mapToLong(Long::longValue).toArray();
      query.setObject(1, all);
      query.setObject(2, all);
      List<Owned> found = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(
              new Owned(
                  new DeviceId(row.getLong("id")),
                  row.getLong("imei"),
                  row.getLong("serial"),
                  new OrganisationId(row.getLong("organisation_id")),
                  row.getString("name"),
                  row.getObject("since", OffsetDateTime.class).toInstant()));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new DatabaseException("looking up " + numbers.size() + " devices", e);
    }
  }

  @Override
  public List<Period> history(Scope scope, DeviceId device) {
    return periods(scope, device, " order by o.since", null);
  }

  @Override
  public Optional<OrganisationId> asOf(Scope scope, DeviceId device, Instant moment) {
    String last = " and o.since <= ? order by o.since desc limit 1";
    return periods(scope, device, last, moment).stream().findFirst().map(Period::organisation);
  }

  private List<Period> periods(Scope scope, DeviceId device, String which, Instant moment) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement query = connection.prepareStatement(PERIODS + which)) {
      int place = VisibleDevice.bind(query, scope, device);
      if (moment != null) {
        query.setObject(place, moment.atOffset(ZoneOffset.UTC));
      }
      List<Period> periods = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          Long owner = row.getObject("organisation_id", Long.class);
          periods.add(
              new Period(
                  row.getObject("since", OffsetDateTime.class).toInstant(),
                  owner == null ? null : new OrganisationId(owner)));
        }
      }
      return periods;
    } catch (SQLException e) {
      throw new DatabaseException("reading who owned device " + device.value(), e);
    }
  }

  @Override
  @Transactional
  public int transfer(
      Caller caller, Collection<DeviceId> devices, OrganisationId to, Instant since) {
    caller.require(Permission.MANAGE_ORGANISATIONS);
    if (since.isAfter(clock.instant())) {
      throw new IllegalArgumentException("a transfer in the future: " + since);
    }
    String sql =
        TRANSFER.formatted(
            VisibleDevice.seen(caller.scope()), InScope.of(caller.scope(), "g.organisation_id"));
    try (Connection connection = dataSource.getConnection();
        PreparedStatement transfer = connection.prepareStatement(sql)) {
      transfer.setLong(1, to.value());
      transfer.setObject(2, since.atOffset(ZoneOffset.UTC));
      transfer.setObject(3, devices.stream().mapToLong(DeviceId::value).toArray());
      List<DeviceId> moved = new ArrayList<>();
      try (ResultSet row = transfer.executeQuery()) {
        while (row.next()) {
          moved.add(new DeviceId(row.getLong(1)));
        }
      }
      uses.transferred(moved);
      audit.note(
          caller,
          AuditAction.DEVICES_TRANSFERRED,
          "organisation " + to.value(),
          Map.of(),
          Map.of(
              "count",
              Integer.toString(moved.size()),
              "since",
              since.toString(),
              "ids",
              ids(devices)));
      return moved.size();
    } catch (SQLException e) {
      throw new DatabaseException("handing over " + devices.size() + " devices", e);
    }
  }
}
