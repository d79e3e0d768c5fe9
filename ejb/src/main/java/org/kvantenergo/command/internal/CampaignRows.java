package org.kvantenergo.command.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kvantenergo.command.CampaignId;
import org.kvantenergo.command.CampaignPlan;
import org.kvantenergo.command.CampaignState;
import org.kvantenergo.command.RequestId;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.InScope;
import org.kvantenergo.shared.Sql;

/** Campaigns as rows: each step is a change of state and what goes with it, in one transaction. */
final class CampaignRows {

  private static final String DOING = "moving a campaign";

  private static final String MAKE =
      """
      insert into campaign (organisation_id, name, request_id, canaries, threshold, state, account_id,
        login)
      values (?, ?, ?, ?, ?, 'PROPOSED', ?, ?) returning id
      """;

  private static final String DEVICES =
      """
      insert into campaign_device (campaign_id, device_id, canary, refusal)
      select ?, p.device_id,
        p.refusal is null and row_number() over (
          partition by p.refusal is null order by p.place, p.device_id) <= ?, p.refusal
      from command_pick p where p.device_id is not null
      """;

  // Who approves may see less than who asked, and a device may have gone elsewhere since.
  private static final String LEAVE_OUT =
      """
      update campaign_device cd set refusal = coalesce(p.refusal, 'UNKNOWN')
      from campaign_device x left join command_pick p on p.device_id = x.device_id
      where cd.campaign_id = ? and cd.refusal is null and cd.command_id is null
        and x.campaign_id = cd.campaign_id and x.device_id = cd.device_id
        and (p.device_id is null or p.refusal is not null)
      """;

  private static final String ONLY_CANARIES =
      """
      delete from command_pick p where not exists (select from campaign_device cd
        where cd.campaign_id = ? and cd.device_id = p.device_id and cd.canary and cd.refusal is null)
      """;

  // The change itself; the newest of its device.
  private static final String NOTE =
      """
      update campaign_device cd set command_id = c.id
      from command c join command_pick p on p.device_id = c.device_id and p.refusal is null
      where c.campaign_id = ? and c.state = 'QUEUED' and c.needs is not distinct from ?::text
        and cd.campaign_id = c.campaign_id and cd.device_id = c.device_id
        and c.id > coalesce(cd.command_id, 0)
      """;

  private static final String FIND =
      """
      select k.*, r.code, r.composite, extract(epoch from r.expires_at - r.at) as life, o.runs_installation
      from campaign k join command_request r on r.id = k.request_id
      join organisation o on o.id = k.organisation_id
      where k.id = ? and %s for update of k
      """;

  // Lockings are ended by what ends their openings, or have to follow them.
  private static final String CANCEL =
      """
      with free as (
        select c.id from command c
        where c.campaign_id = ? and c.state = 'QUEUED' and c.needs is distinct from 'OVER'
        order by c.id for update skip locked
      )
      update command c set state = 'CANCELLED', reason = 'CAMPAIGN', ended_at = now(), ended_by = ?,
        ended_from = ?
      from free f where c.id = f.id
      """;

  private static final String FAILED =
      """
      select cd.device_id from campaign_device cd join command c on c.id = cd.command_id
      where cd.campaign_id = ?
        and c.state in ('REFUSED', 'FAILED', 'MISMATCH', 'EXPIRED', 'CANCELLED')
      order by cd.device_id
      """;

  private final Sql sql;
  private final Enqueueing enqueueing;

  CampaignRows(Sql sql, Enqueueing enqueueing) {
    this.sql = sql;
    this.enqueueing = enqueueing;
  }

  /**
   * A campaign that this transaction has locked.
   *
   * @param life of its commands, as was asked for
   * @param author account that began it
   * @param organisation of the author
   * @param everything whether that one runs the installation
   */
  record Held(
      CampaignId id,
      String name,
      CampaignState state,
      int threshold,
      RequestId request,
      int code,
      boolean composite,
      Duration life,
      long author,
      String login,
      long organisation,
      boolean everything) {

    static Held of(ResultSet row) throws SQLException {
      return new Held(
          new CampaignId(row.getLong("id")),
          row.getString("name"),
          CampaignState.valueOf(row.getString("state")),
          row.getInt("threshold"),
          new RequestId(row.getLong("request_id")),
          row.getInt("code"),
          row.getBoolean("composite"),
          Duration.ofSeconds(row.getLong("life")),
          row.getLong("account_id"),
          row.getString("login"),
          row.getLong("organisation_id"),
          row.getBoolean("runs_installation"));
    }

    Enqueueing.Batch batch() {
      return Enqueueing.Batch.of(request, code, composite).in(id);
    }

    /** What is queued now lives as long as what was queued first. */
    Enqueueing.Batch batch(Instant now) {
      return batch().until(now.plus(life));
    }
  }

  /** Makes one of what is picked; nothing is queued yet. */
  CampaignId make(Caller caller, CampaignPlan plan, RequestId request) {
    long id =
        sql.first(
                DOING,
                row -> row.getLong(1),
                MAKE,
                caller.scope().organisation(),
                plan.name().strip(),
                request.value(),
                plan.canaries(),
                plan.threshold(),
                caller.accountId(),
                caller.login())
            .orElseThrow();
    sql.update(DOING, DEVICES, id, plan.canaries());
    return new CampaignId(id);
  }

  /** Queues for the first devices, of those that are picked. */
  int begin(Caller caller, CampaignId campaign, Enqueueing.Batch batch) {
    leaveOut(campaign);
    sql.update(DOING, ONLY_CANARIES, campaign.value());
    state(campaign, CampaignState.CANARIES);
    return queue(caller, campaign, batch);
  }

  /** Notes who of those without a command gets none, and why. */
  void leaveOut(CampaignId campaign) {
    sql.update(DOING, LEAVE_OUT, campaign.value());
  }

  /** Queues for those that are picked, and notes which command each got. */
  int queue(Caller caller, CampaignId campaign, Enqueueing.Batch batch) {
    int queued = enqueueing.queue(caller, batch.in(campaign));
    sql.update(DOING, NOTE, campaign.value(), batch.composite() ? "DONE" : null);
    return queued;
  }

  /** What has not gone out goes to nobody; returns how many commands that were. */
  int cancel(Caller caller, CampaignId campaign) {
    int cancelled =
        sql.update(DOING, CANCEL, campaign.value(), caller.accountId(), caller.address());
    state(campaign, CampaignState.CANCELLED);
    return cancelled;
  }

  /** Devices whose last command came to nothing. */
  List<DeviceId> failed(CampaignId campaign) {
    return sql.list(DOING, row -> new DeviceId(row.getLong(1)), FAILED, campaign.value());
  }

  void declined(CampaignId campaign) {
    state(campaign, CampaignState.CANCELLED);
  }

  /** Empty if there is none or the caller does not see it. */
  Optional<Held> hold(Caller caller, CampaignId campaign) {
    String seen = InScope.of(caller.scope(), "k.organisation_id");
    return sql.first(DOING, Held::of, FIND.formatted(seen), campaign.value());
  }

  /** Whatever the scope. */
  Optional<Held> hold(CampaignId campaign) {
    return sql.first(DOING, Held::of, FIND.formatted("true"), campaign.value());
  }

  void state(CampaignId campaign, CampaignState state) {
    boolean over = state == CampaignState.DONE || state == CampaignState.CANCELLED;
    sql.update(
        DOING,
        "update campaign set state = ?, resumes = null,"
            + " ended_at = case when ?::boolean then now() end where id = ?",
        state.name(),
        over,
        campaign.value());
  }
}
