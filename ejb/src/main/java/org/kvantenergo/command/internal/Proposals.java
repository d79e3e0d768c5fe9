package org.kvantenergo.command.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.command.CampaignId;
import org.kvantenergo.command.CommandDesk.Proposal;
import org.kvantenergo.command.OrderFault;
import org.kvantenergo.command.OrderFault.Field;
import org.kvantenergo.command.OrderFault.Problem;
import org.kvantenergo.command.RequestId;
import org.kvantenergo.command.Selection;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.Sql;

/** Requests that wait for somebody else's approval. */
final class Proposals {

  private static final String DOING = "deciding on commands";

  private static final String LIST =
      """
      select r.*, cardinality(r.device_ids) as devices, c.id as campaign
      from command_request r left join campaign c on c.request_id = r.id
      where r.state = 'PROPOSED' and %s order by r.id limit 1000
      """;

  private static final String LOCK =
      "select r.*, (select c.id from campaign c where c.request_id = r.id) as campaign"
          + " from command_request r where r.id = ? and r.state = 'PROPOSED' and %s for update";

  private static final String DECIDE =
      """
      update command_request set state = ?, decided_by = ?, decided_login = ?, decided_address = ?,
        decided_at = now(), device_ids = null,
        sealed_apn = case when ? = 'DECLINED' then null else sealed_apn end
      where id = ?
      """;

  private final Sql sql;

  Proposals(Sql sql) {
    this.sql = sql;
  }

  /**
   * A request that this transaction decides on.
   *
   * @param author account that asked
   * @param campaign that would begin; null if it is none
   */
  record Waiting(
      long author,
      int code,
      boolean composite,
      Instant expiresAt,
      Selection devices,
      CampaignId campaign) {

    static Waiting of(ResultSet row) throws SQLException {
      long campaign = row.getLong("campaign");
      Long[] ids = (Long[]) row.getArray("device_ids").getArray();
      return new Waiting(
          row.getLong("account_id"),
          row.getInt("code"),
          row.getBoolean("composite"),
          Sql.time(row, "expires_at"),
          new Selection.Ids(Arrays.stream(ids).map(DeviceId::new).toList()),
          campaign == 0 ? null : new CampaignId(campaign));
    }

    /** Why somebody cannot approve it now. */
    Optional<OrderFault> fault(Caller caller, Instant now) {
      if (author == caller.accountId()) {
        return Optional.of(OrderFault.of(Field.WHOLE, Problem.OWN));
      }
      return expiresAt.isAfter(now)
          ? Optional.empty()
          : Optional.of(OrderFault.of(Field.EXPIRES, Problem.PAST));
    }
  }

  List<Proposal> list(Caller caller) {
    return sql.list(
        DOING,
        row -> proposal(row, caller),
        LIST.formatted(InScope.of(caller.scope(), "r.organisation_id")));
  }

  private static Proposal proposal(ResultSet row, Caller caller) throws SQLException {
    long campaign = row.getLong("campaign");
    return new Proposal(
        new RequestId(row.getLong("id")),
        Sql.time(row, "at"),
        row.getString("login"),
        Texts.of(row),
        row.getBoolean("composite"),
        Sql.time(row, "expires_at"),
        row.getLong("devices"),
        campaign == 0 ? null : new CampaignId(campaign),
        row.getLong("account_id") == caller.accountId());
  }

  /** Empty if there is none, somebody has decided, or it is not for the caller. */
  Optional<Waiting> lock(Caller caller, RequestId request) {
    return sql.first(
        DOING,
        Waiting::of,
        LOCK.formatted(InScope.of(caller.scope(), "r.organisation_id")),
        request.value());
  }

  void decide(Caller caller, RequestId request, Requests.State state) {
    sql.update(
        DOING,
        DECIDE,
        state.name(),
        caller.accountId(),
        caller.login(),
        caller.address(),
        state.name(),
        request.value());
  }
}
