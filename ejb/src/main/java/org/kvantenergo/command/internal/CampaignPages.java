package org.kvantenergo.command.internal;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.command.CampaignId;
import org.kvantenergo.command.CampaignPlan;
import org.kvantenergo.command.CampaignState;
import org.kvantenergo.command.Campaigns.CampaignRow;
import org.kvantenergo.command.Campaigns.Outcome;
import org.kvantenergo.command.Campaigns.Progress;
import org.kvantenergo.command.CommandId;
import org.kvantenergo.command.CommandReason;
import org.kvantenergo.command.CommandState;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.command.Fate;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.shared.Cursor;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Rows;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Sql;

/** Campaigns for reading. */
final class CampaignPages {

  private static final String DOING = "reading campaigns";

  private static final String ROWS =
      """
      select k.*, r.code, r.arguments, r.composite
      from campaign k join command_request r on r.id = k.request_id where %s
      """;

  private static final String PROGRESS =
      """
      select cd.campaign_id, c.state, c.id is null and cd.refusal is null as waiting,
        c.id is null and cd.refusal is not null as refused, count(*) as devices,
        count(*) filter (where cd.canary) as canaries,
        count(*) filter (where cd.canary and %s) as canaries_over,
        count(*) filter (where cd.canary and %s) as canaries_well
      from campaign_device cd left join command c on c.id = cd.command_id
      where cd.campaign_id = any(?) group by 1, 2, 3, 4
      """
          .formatted(CampaignSteps.OVER, CampaignSteps.WELL);

  private static final String OUTCOMES =
      """
      from campaign_device cd
      join campaign k on k.id = cd.campaign_id
      join device d on d.id = cd.device_id
      left join command c on c.id = cd.command_id
      where cd.campaign_id = ? and %s and %s
      """;

  private final DataSource dataSource;
  private final Sql sql;

  CampaignPages(DataSource dataSource) {
    this.dataSource = dataSource;
    this.sql = new Sql(dataSource);
  }

  /** A row without its progress. */
  private record Bare(
      CampaignId id,
      CampaignPlan plan,
      CommandText command,
      boolean composite,
      CampaignState state,
      String login,
      Instant startedAt,
      Instant endedAt) {

    static Bare of(ResultSet row) throws SQLException {
      return new Bare(
          new CampaignId(row.getLong("id")),
          new CampaignPlan(row.getString("name"), row.getInt("canaries"), row.getInt("threshold")),
          Texts.of(row),
          row.getBoolean("composite"),
          CampaignState.valueOf(row.getString("state")),
          row.getString("login"),
          Sql.time(row, "started_at"),
          Sql.time(row, "ended_at"));
    }

    CampaignRow with(Progress progress) {
      return new CampaignRow(
          id, plan, command, composite, state, login, startedAt, endedAt, progress);
    }
  }

  /** Adds up the rows of one campaign. Used by one thread. */
  private static final class Sum {

    private final Map<CommandState, Long> states = new EnumMap<>(CommandState.class);
    private long total;
    private long waiting;
    private long refused;
    private long canaries;
    private long over;
    private long well;

    void add(ResultSet row) throws SQLException {
      long devices = row.getLong("devices");
      total += devices;
      canaries += row.getLong("canaries");
      over += row.getLong("canaries_over");
      well += row.getLong("canaries_well");
      if (row.getBoolean("waiting")) {
        waiting += devices;
      } else if (row.getBoolean("refused")) {
        refused += devices;
      } else {
        states.merge(CommandState.valueOf(row.getString("state")), devices, Long::sum);
      }
    }

    Progress progress() {
      return new Progress(total, waiting, refused, states, canaries, over, well);
    }
  }

  Page<CampaignRow> list(Scope scope, Slice slice) {
    String seen = InScope.of(scope, "k.organisation_id");
    List<Bare> page =
        sql.list(
            DOING,
            Bare::of,
            ROWS.formatted(seen) + " order by k.id desc limit ? offset ?",
            slice.limit(),
            slice.offset());
    long total =
        sql.first(DOING, row -> row.getLong(1), "select count(*) from campaign k where " + seen)
            .orElse(0L);
    return new Page<>(rows(page), total);
  }

  Optional<CampaignRow> find(Scope scope, CampaignId campaign) {
    String seen = InScope.of(scope, "k.organisation_id");
    return rows(sql.list(DOING, Bare::of, ROWS.formatted(seen + " and k.id = ?"), campaign.value()))
        .stream()
        .findFirst();
  }

  private List<CampaignRow> rows(List<Bare> page) {
    Map<Long, Sum> sums = new LinkedHashMap<>();
    page.forEach(row -> sums.put(row.id.value(), new Sum()));
    long[] ids = page.stream().mapToLong(row -> row.id.value()).toArray();
    sql.list(
        DOING,
        row -> {
          sums.get(row.getLong("campaign_id")).add(row);
          return true;
        },
        PROGRESS,
        (Object) ids);
    List<CampaignRow> rows = new ArrayList<>();
    page.forEach(row -> rows.add(row.with(sums.get(row.id.value()).progress())));
    return rows;
  }

  void stream(Scope scope, CampaignId campaign, Rows<Outcome> rows) throws IOException {
    String from =
        OUTCOMES.formatted(InScope.of(scope, "k.organisation_id"), VisibleDevice.seen(scope));
    Cursor.Binding which = statement -> statement.setLong(1, campaign.value());
    new Cursor(dataSource)
        .read(
            "exporting campaign " + campaign.value(),
            new Cursor.Query("select count(*) " + from, which),
            new Cursor.Query(
                "select cd.*, d.serial, d.imei, c.state, c.reason, c.attempts,"
                    + " coalesce(c.ended_at, c.result_at, c.created_at) as at "
                    + from
                    + " order by d.serial",
                which),
            CampaignPages::outcome,
            rows);
  }

  private static Outcome outcome(ResultSet row) throws SQLException {
    String refusal = row.getString("refusal");
    long command = row.getLong("command_id");
    String state = row.getString("state");
    String reason = row.getString("reason");
    return new Outcome(
        new DeviceId(row.getLong("device_id")),
        row.getLong("serial"),
        row.getLong("imei"),
        row.getBoolean("canary"),
        refusal == null ? null : Fate.valueOf(refusal),
        command == 0 ? null : new CommandId(command),
        state == null ? null : CommandState.valueOf(state),
        reason == null ? null : CommandReason.valueOf(reason),
        row.getInt("attempts"),
        Sql.time(row, "at"));
  }
}
