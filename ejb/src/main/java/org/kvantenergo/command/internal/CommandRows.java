package org.kvantenergo.command.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.kvantenergo.command.CampaignId;
import org.kvantenergo.command.CommandFilter;
import org.kvantenergo.command.CommandId;
import org.kvantenergo.command.CommandReason;
import org.kvantenergo.command.CommandRow;
import org.kvantenergo.command.CommandState;
import org.kvantenergo.command.RequestId;
import org.kvantenergo.device.VisibleDevice;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.Sql;

/** Commands {@code c} of devices {@code d} as SQL, and what their rows say. */
final class CommandRows {

  static final String SELECT =
      """
      select c.*, d.serial, d.imei,
        case c.needs when 'DONE' then 'CHANGE' when 'OVER' then 'LOCKING'
          else case when exists (select from command k where k.waits_for = c.id)
            then 'OPENING' else 'ALONE' end end as part
      """;

  /** Those that may still be sent, or wait for a proof. */
  static final String UNDER_WAY =
      "(c.state in ('QUEUED', 'LEASED') or c.state = 'DONE' and c.reason is null)";

  static final String FROM = " from command c join device d on d.id = c.device_id where ";

  private CommandRows() {}

  /**
   * A condition.
   *
   * @param sql with places
   * @param values in their order
   */
  record Where(String sql, List<Object> values) {

    Object[] and(Object... more) {
      List<Object> all = new ArrayList<>(values);
      all.addAll(List.of(more));
      return all.toArray();
    }
  }

  /** What a filter lists within a scope. */
  static Where where(Scope scope, CommandFilter filter) {
    List<String> parts = new ArrayList<>(List.of(VisibleDevice.seen(scope)));
    List<Object> values = new ArrayList<>();
    if (filter.device() != null) {
      parts.add("c.device_id = ?");
      values.add(filter.device().value());
    }
    if (!filter.states().isEmpty()) {
      // The condition of the index command_listed, which no other statement is to take.
      parts.add("c.id > 0 and c.state = any(?)");
      values.add(filter.states().stream().map(CommandState::name).sorted().toArray(String[]::new));
    }
    if (!filter.author().isEmpty()) {
      parts.add("c.created_by = ?");
      values.add(filter.author());
    }
    if (filter.span().from() != null) {
      parts.add("c.created_at >= ?");
      values.add(filter.span().from());
    }
    if (filter.span().until() != null) {
      parts.add("c.created_at < ?");
      values.add(filter.span().until());
    }
    if (filter.campaign() != null) {
      parts.add("c.campaign_id = ?");
      values.add(filter.campaign().value());
    }
    if (filter.request() != null) {
      parts.add("c.request_id = ?");
      values.add(filter.request().value());
    }
    if (filter.underWay()) {
      parts.add(UNDER_WAY);
    }
    return new Where(String.join(" and ", parts), values);
  }

  static CommandRow of(ResultSet row) throws SQLException {
    long campaign = row.getLong("campaign_id");
    long request = row.getLong("request_id");
    return new CommandRow(
        new CommandId(row.getLong("id")),
        new DeviceId(row.getLong("device_id")),
        row.getLong("serial"),
        row.getLong("imei"),
        Texts.of(row),
        CommandRow.Part.valueOf(row.getString("part")),
        CommandState.valueOf(row.getString("state")),
        reason(row),
        row.getInt("priority"),
        Sql.time(row, "created_at"),
        row.getString("created_by"),
        Sql.time(row, "expires_at"),
        row.getInt("attempts"),
        row.getInt("attempts_allowed"),
        Sql.time(row, "sent_at"),
        Sql.time(row, "result_at"),
        Sql.time(row, "ended_at"),
        campaign == 0 ? null : new CampaignId(campaign),
        request == 0 ? null : new RequestId(request));
  }

  /** Null if there is none. */
  static CommandReason reason(ResultSet row) throws SQLException {
    String reason = row.getString("reason");
    return reason == null ? null : CommandReason.valueOf(reason);
  }
}
