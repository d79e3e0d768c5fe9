package org.kvantenergo.command.internal;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.kvantenergo.command.CampaignId;
import org.kvantenergo.command.CampaignPlan;
import org.kvantenergo.command.CampaignState;
import org.kvantenergo.command.Campaigns.CampaignRow;
import org.kvantenergo.command.Campaigns.Outcome;
import org.kvantenergo.command.Campaigns.Outlook;
import org.kvantenergo.command.Campaigns.Progress;
import org.kvantenergo.command.CommandId;
import org.kvantenergo.command.CommandReason;
import org.kvantenergo.command.CommandState;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.command.Fate;
import org.kvantenergo.command.OutcomeKind;
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
        count(*) filter (where c.id is null and cd.refusal is not null or %1$s) as over,
        count(*) filter (where cd.canary) as canaries,
        count(*) filter (where cd.canary and %1$s) as canaries_over,
        count(*) filter (where cd.canary and %2$s) as canaries_well
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

  private static final String OUTCOME =
      """
      select cd.*, d.serial, d.imei, c.state, c.reason, c.attempts,
        coalesce(c.ended_at, c.result_at, c.created_at) as at
      """;

  // The expectation is that of a dry run: see Picks. What is in force is said in the same session,
  // but for a mode: that takes a record of later.
  private static final String OUTLOOK =
      """
      select max(x.expected + case when x.twice then x.period else interval '0' end)
          filter (where not x.silent) as last_at,
        count(*) filter (where x.silent) as silent
      from (
        select make_interval(mins => s.period_minutes) as period,
          r.code in (2, 3) and c.state is distinct from 'DONE' as twice,
          s.received_at + make_interval(mins => s.period_minutes * greatest(1, ceil(
            extract(epoch from now() - s.received_at) / 60 / s.period_minutes))::int) as expected,
          coalesce(s.period_minutes, 0) = 0
            or s.received_at < now() - s.period_minutes * interval '90 s' as silent
        from campaign_device cd
        join campaign k on k.id = cd.campaign_id
        join command_request r on r.id = k.request_id
        left join command c on c.id = cd.command_id
        left join device_state s on s.device_id = cd.device_id and s.period_minutes > 0
        where cd.campaign_id = ? and %s and (c.id is null and cd.refusal is null or %s)
      ) x
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
    private long over;
    private long canaries;
    private long canariesOver;
    private long canariesWell;

    void add(ResultSet row) throws SQLException {
      long devices = row.getLong("devices");
      total += devices;
      over += row.getLong("over");
      canaries += row.getLong("canaries");
      canariesOver += row.getLong("canaries_over");
      canariesWell += row.getLong("canaries_well");
      if (row.getBoolean("waiting")) {
        waiting += devices;
      } else if (row.getBoolean("refused")) {
        refused += devices;
      } else {
        states.merge(CommandState.valueOf(row.getString("state")), devices, Long::sum);
      }
    }

    Progress progress() {
      return new Progress(
          total, waiting, refused, states, over, canaries, canariesOver, canariesWell);
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

  Outlook outlook(Scope scope, CampaignId campaign) {
    String outlook =
        OUTLOOK.formatted(InScope.of(scope, "k.organisation_id"), CommandRows.UNDER_WAY);
    return sql.first(
            DOING,
            row -> new Outlook(Sql.time(row, "last_at"), row.getLong("silent")),
            outlook,
            campaign.value())
        .orElseThrow();
  }

  Page<Outcome> outcomes(Scope scope, CampaignId campaign, OutcomeKind kind, Slice slice) {
    String from =
        OUTCOMES.formatted(InScope.of(scope, "k.organisation_id"), VisibleDevice.seen(scope))
            + (kind == null ? "" : " and " + kind(kind));
    List<Outcome> rows =
        sql.list(
            DOING,
            CampaignPages::outcome,
            OUTCOME + from + " order by cd.device_id limit ? offset ?",
            campaign.value(),
            slice.limit(),
            slice.offset());
    long total =
        sql.first(DOING, row -> row.getLong(1), "select count(*) " + from, campaign.value())
            .orElse(0L);
    return new Page<>(rows, total);
  }

  private static String kind(OutcomeKind kind) {
    String states =
        Arrays.stream(CommandState.values())
            .filter(state -> OutcomeKind.of(state) == kind)
            .map(state -> "'" + state + "'")
            .collect(Collectors.joining(", "));
    return switch (kind) {
      case LEFT_OUT -> "c.id is null and cd.refusal is not null";
      case WAITING -> "(c.id is null and cd.refusal is null or c.state in (" + states + "))";
      case VERIFIED, DONE, FAILED, LEASED, SUPERSEDED -> "c.state in (" + states + ")";
    };
  }

  void stream(Scope scope, CampaignId campaign, Rows<Outcome> rows) throws IOException {
    String from =
        OUTCOMES.formatted(InScope.of(scope, "k.organisation_id"), VisibleDevice.seen(scope));
    Cursor.Binding which = statement -> statement.setLong(1, campaign.value());
    new Cursor(dataSource)
        .read(
            "exporting campaign " + campaign.value(),
            new Cursor.Query("select count(*) " + from, which),
            new Cursor.Query(OUTCOME + from + " order by d.serial", which),
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
