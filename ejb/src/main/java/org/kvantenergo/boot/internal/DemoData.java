package org.kvantenergo.boot.internal;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.kvantenergo.account.AccountSetup;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.DeviceKeys;
import org.kvantenergo.device.DeviceRegistry;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.NewDevice;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.OrganisationId;

/** The modules of the operator's manual, a fleet of any size, and people to look at them. */
@Stateless
public class DemoData {

  private static final String ORGANISATION = "НПП КП «КВАНТ»";
  private static final String MODULES = "642M_DEMO";
  private static final String RADIO = "642R_DEMO";
  private static final long MODULE_IMEI = 860_000_000_000_000L;
  private static final long MODULE_SERIAL = 300_000_000_000L;
  private static final long STATION_SERIAL = 320_000_000_000L;
  private static final long BLOCK_SERIAL = 330_000_000_000L;
  private static final int METER_MODEL = 642;
  private static final int STATION_MODEL = 900;
  private static final int CHUNK = 10_000;
  private static final Instant FLEET_BEGIN = Instant.parse("2021-01-01T00:00:00Z");
  private static final long DAY = 86_400;

  // Like an installation's own: whoever runs the demo sees what nobody owns.
  private static final String MAKE_ORGANISATION =
      """
      insert into organisation as o (name, runs_installation, kind)
      select ?, first, case when first then 'OPERATOR' else 'SUPPLIER' end
      from (select not exists (select 1 from organisation where runs_installation) as first) f
      on conflict (parent_id, name) do update set name = o.name
      returning id
      """;

  private final DataSource dataSource;
  private final DeviceRegistry registry;
  private final DeviceKeys keys;
  private final AccountSetup accounts;

  @Inject
  public DemoData(
      DataSource dataSource, DeviceRegistry registry, DeviceKeys keys, AccountSetup accounts) {
    this.dataSource = dataSource;
    this.registry = registry;
    this.keys = keys;
    this.accounts = accounts;
  }

  /** For the proxies of the container. */
  protected DemoData() {
    this(null, null, null, null);
  }

  /**
   * How large the generated fleet is; each 0 or more.
   *
   * @param modules telemetry modules
   * @param stations base stations
   * @param blocks telemetry blocks behind them
   */
  public record Size(int modules, int stations, int blocks) {}

  /** Idempotent. */
  public void prepare(Size size) {
    OrganisationId organisation = organisation();
    Map<String, List<NewDevice>> recorded = recorded();
    int position = 1;
    for (Map.Entry<String, List<NewDevice>> group : recorded.entrySet()) {
      GroupId id = registry.group(organisation, group.getKey(), position++);
      registry.register(organisation, id, group.getValue());
    }
    recordedKeys().forEach(this::giveKey);
    DemoSites.prepare(dataSource, organisation);
    if (size.modules() > 0) {
      GroupId group = registry.group(organisation, MODULES, position);
      fleet(organisation, group, size.modules(), DemoData::module);
    }
    if (size.stations() + size.blocks() > 0) {
      GroupId group = registry.group(organisation, RADIO, position + 1);
      fleet(organisation, group, size.stations(), DemoData::station);
      fleet(organisation, group, size.blocks(), DemoData::block);
    }
    accounts.createDemoAccounts(organisation);
  }

  /** Only once: a key that is set anew begins its session counter anew. */
  private void giveKey(DeviceClaim claim, byte[] key) {
    DeviceId device = registry.standings(List.of(claim)).get(0).registered();
    if (device != null && keys.lock(List.of(device)).isEmpty()) {
      keys.set(device, key);
    }
  }

  private void fleet(
      OrganisationId organisation, GroupId group, int count, LongFunction<NewDevice> device) {
    for (long from = 1; from <= count; from += CHUNK) {
      List<NewDevice> chunk =
          LongStream.rangeClosed(from, Math.min(from + CHUNK - 1, count)).mapToObj(device).toList();
      registry.register(organisation, group, chunk);
    }
  }

  private static NewDevice module(long i) {
    return new NewDevice(
        DeviceRow.Kind.MODULE, MODULE_IMEI + i, MODULE_SERIAL + i, METER_MODEL, commissioned(i));
  }

  private static NewDevice station(long i) {
    return new NewDevice(
        DeviceRow.Kind.BASE_STATION, 0, STATION_SERIAL + i, STATION_MODEL, commissioned(i));
  }

  private static NewDevice block(long i) {
    return new NewDevice(DeviceRow.Kind.BLOCK, 0, BLOCK_SERIAL + i, METER_MODEL, commissioned(i));
  }

  private static Instant commissioned(long i) {
    return FLEET_BEGIN.plusSeconds(i * 7919 % 1500 * DAY);
  }

  private OrganisationId organisation() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement make = connection.prepareStatement(MAKE_ORGANISATION)) {
      make.setString(1, ORGANISATION);
      try (ResultSet row = make.executeQuery()) {
        row.next();
        return new OrganisationId(row.getLong(1));
      }
    } catch (SQLException e) {
      throw new DatabaseException("making the demo's organisation", e);
    }
  }

  /** Group by group, in the order of the file. */
  static Map<String, List<NewDevice>> recorded() {
    Map<String, List<NewDevice>> groups = new LinkedHashMap<>();
    for (String[] cells : rows()) {
      groups.computeIfAbsent(cells[3], group -> new ArrayList<>()).add(device(cells));
    }
    return groups;
  }

  private static Map<DeviceClaim, byte[]> recordedKeys() {
    Map<DeviceClaim, byte[]> recorded = new LinkedHashMap<>();
    for (String[] cells : rows()) {
      if (!cells[20].isEmpty()) {
        NewDevice device = device(cells);
        recorded.put(
            new DeviceClaim(device.kind(), device.imei(), device.serial()),
            HexFormat.of().parseHex(cells[20]));
      }
    }
    return recorded;
  }

  private static List<String[]> rows() {
    try (InputStream in = DemoData.class.getResourceAsStream("/demo/modules.csv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NewDevice device(String[] cells) {
    return new NewDevice(
        DeviceRow.Kind.valueOf(cells[2].toUpperCase(Locale.ROOT)),
        cells[0].isEmpty() ? 0 : Long.parseLong(cells[0]),
        Long.parseLong(cells[1]),
        Integer.parseInt(cells[4]),
        OffsetDateTime.parse(cells[19]).toInstant());
  }
}
