package org.kvantenergo.command.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.kvantenergo.command.CommandLeases;
import org.kvantenergo.command.CommandProofs;
import org.kvantenergo.shared.Columns;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.shared.Sql;
import org.kvantenergo.wire.command.CommandCodec;
import org.kvantenergo.wire.command.DeviceCommand;

/** Looks up what is unproven of the devices of a batch, weighs it here, and writes it as a set. */
@ApplicationScoped
public class SqlProofs implements CommandProofs {

  private static final System.Logger LOG = System.getLogger(SqlProofs.class.getName());

  // A device that carried out a change was open: it obeys nothing else while it is locked.
  private static final String OPENED =
      """
      update command o set state = 'VERIFIED', ended_at = now(), proof_session = c.result_session
      from command c
      where c.id = any(?) and c.needs = 'DONE' and c.result = 0 and o.id = c.waits_for
        and o.state = 'DONE'
      """;

  // Of two of a kind that were both carried out, what is seen later speaks of the later one alone.
  private static final String OUTDATED =
      """
      update command x set reason = 'OUTDATED'
      where x.device_id = any(?) and x.state = 'DONE' and x.reason is null and x.code <> 6
        and exists (select from command y
          where y.device_id = x.device_id and y.id <> x.id
            and (y.code = x.code or y.code in (2, 3) and x.code in (2, 3))
            and (y.result = 0 or y.result = 1 and y.code = 2)
            and (coalesce(y.sent_at, y.result_at), y.id) > (coalesce(x.sent_at, x.result_at), x.id))
      """;

  static final String UNPROVEN =
      """
      select c.id, c.device_id, c.code, c.arguments, c.request_id, c.result_session, c.result_at,
        case when c.code = 5
          then (select r.sealed_apn from command_request r where r.id = c.request_id) end as sealed_apn
      from command c
      where c.device_id = any(?) and c.state = 'DONE' and c.reason is null
      order by c.id
      """;

  // What came again was stored before, and is known by the session that brought it last.
  private static final String ARCHIVE =
      """
      select c.id, c.result_session,
        exists (select from reading_repeat r where r.device_id = c.device_id
          and r.module_time between to_timestamp(n.since) and to_timestamp(n.until)
          and r.last_session = c.result_session)
        or exists (select from reading r where r.device_id = c.device_id
          and r.module_time between to_timestamp(n.since) and to_timestamp(n.until)
          and r.session_id = c.result_session) as came
      from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as n(id, since, until)
      join command c on c.id = n.id
      """;

  private static final String WRITE =
      """
      update command c set state = case when n.holds then 'VERIFIED' else 'MISMATCH' end,
        ended_at = now(), proof_session = n.session_id
      from unnest(?::bigint[], ?::boolean[], ?::bigint[]) as n(id, holds, session_id)
      where c.id = n.id and c.state = 'DONE'
      """;

  private final DataSource dataSource;
  private final SecretBox box;

  @Inject
  public SqlProofs(DataSource dataSource, SecretBox box) {
    this.dataSource = dataSource;
    this.box = box;
  }

  /** For the proxies of CDI. */
  protected SqlProofs() {
    this(null, null);
  }

  private record Proven(long id, Verdict verdict) {}

  private record Archive(long id, DeviceCommand.SendArchive period) {}

  @Override
  public void weigh(
      List<SeenInfo> infos, List<MeterRecord> records, List<CommandLeases.Result> results) {
    Set<Long> devices = new HashSet<>();
    infos.forEach(i -> devices.add(i.device().value()));
    records.forEach(r -> devices.add(r.device().value()));
    results.forEach(r -> devices.add(r.device().value()));
    if (devices.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection()) {
      if (!results.isEmpty()) {
        run(connection, OPENED, results.stream().mapToLong(CommandLeases.Result::commandId));
        run(connection, OUTDATED, results.stream().mapToLong(r -> r.device().value()).distinct());
      }
      Seen seen = new Seen(infos, records);
      List<Proven> proven = weigh(connection, devices, seen);
      if (!proven.isEmpty()) {
        write(connection, proven);
      }
    } catch (SQLException e) {
      throw new DatabaseException("weighing proofs of " + devices.size() + " devices", e);
    }
  }

  /** What a batch shows of its devices. */
  private static final class Seen {

    private final Map<DeviceId, SeenInfo> infos;
    private final List<MeterRecord> records;
    private Map<DeviceId, List<MeterRecord>> byDevice;

    Seen(List<SeenInfo> infos, List<MeterRecord> records) {
      this.infos = infos.stream().collect(Collectors.toMap(SeenInfo::device, info -> info));
      this.records = records;
    }

    Optional<SeenInfo> info(DeviceId device) {
      return Optional.ofNullable(infos.get(device));
    }

    /** Sorted out only when somebody asks. */
    List<MeterRecord> records(DeviceId device) {
      if (byDevice == null) {
        byDevice = records.stream().collect(Collectors.groupingBy(MeterRecord::device));
      }
      return byDevice.getOrDefault(device, List.of());
    }
  }

  private static void run(Connection connection, String sql, LongStream ids) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, ids.toArray());
      statement.executeUpdate();
    }
  }

  private List<Proven> weigh(Connection connection, Set<Long> devices, Seen seen)
      throws SQLException {
    List<Proven> proven = new ArrayList<>();
    List<Archive> archives = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(UNPROVEN)) {
      query.setObject(1, devices.stream().mapToLong(Long::longValue).toArray());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          DeviceId device = new DeviceId(row.getLong("device_id"));
          Verdict.Done done =
              new Verdict.Done(
                  row.getLong("id"), row.getLong("result_session"), Sql.time(row, "result_at"));
          Optional<DeviceCommand> command = command(row);
          if (command.orElse(null) instanceof DeviceCommand.SendArchive period) {
            archives.add(new Archive(done.id(), period));
          } else {
            command
                .flatMap(c -> verdict(done, c, device, seen))
                .ifPresent(verdict -> proven.add(new Proven(done.id(), verdict)));
          }
        }
      }
    }
    if (!archives.isEmpty()) {
      proven.addAll(came(connection, archives));
    }
    return proven;
  }

  private static Optional<Verdict> verdict(
      Verdict.Done done, DeviceCommand command, DeviceId device, Seen seen) {
    boolean opens = command instanceof DeviceCommand.TechnologicalMode;
    return opens || command instanceof DeviceCommand.MetrologicalMode
        ? Verdict.of(done, opens, seen.records(device))
        : seen.info(device).flatMap(info -> Verdict.of(done, command, info));
  }

  /** Empty if it cannot be read: no proof then, and nothing else is held up. */
  private Optional<DeviceCommand> command(ResultSet row) throws SQLException {
    try {
      byte[] arguments =
          ApnArguments.whole(
              box,
              row.getBytes("arguments"),
              row.getLong("request_id"),
              row.getBytes("sealed_apn"));
      return Optional.of(CommandCodec.decode(row.getInt("code"), arguments));
    } catch (SecretBox.SecretException e) {
      ServerMessage.COMMAND_UNREADABLE.log(
          LOG, row.getLong("id"), row.getLong("device_id"), e.getMessage());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      // Queued past our checks, by hand or by a program that knows more commands.
      LOG.log(System.Logger.Level.DEBUG, "a command that cannot be weighed", e);
      return Optional.empty();
    }
  }

  private static List<Proven> came(Connection connection, List<Archive> archives)
      throws SQLException {
    List<Proven> proven = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(ARCHIVE)) {
      Columns<Archive> columns = new Columns<>(query, archives);
      columns.longs(Archive::id);
      columns.longs(a -> a.period.from());
      columns.longs(a -> a.period.to());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          proven.add(
              new Proven(
                  row.getLong("id"),
                  new Verdict(row.getBoolean("came"), row.getLong("result_session"))));
        }
      }
    }
    return proven;
  }

  private static void write(Connection connection, List<Proven> proven) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(WRITE)) {
      Columns<Proven> columns = new Columns<>(update, proven);
      columns.longs(Proven::id);
      columns.booleansOrNull(p -> p.verdict.holds());
      columns.longs(p -> p.verdict.sessionId());
      update.executeUpdate();
    }
  }
}
