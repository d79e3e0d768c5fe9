package org.kvantenergo.command.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.kvantenergo.command.CampaignId;
import org.kvantenergo.command.CampaignState;
import org.kvantenergo.command.Selection;
import org.kvantenergo.device.DeviceSets;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.ServerMessage;
import org.kvantenergo.shared.Sql;

/**
 * Takes campaigns further: from the first devices to all, and to their end. One campaign is a
 * transaction with its state in it, so whoever is killed in between has done nothing.
 */
@ApplicationScoped
@Transactional
public class CampaignSteps {

  private static final System.Logger LOG = System.getLogger(CampaignSteps.class.getName());
  private static final String DOING = "taking campaigns further";

  /**
   * How a command {@code c} of a campaign stands: over once it can come to nothing else; one that
   * is done waits for its proof as long as the campaign's commands live.
   */
  static final String OVER =
      """
      (c.state not in ('QUEUED', 'LEASED')
        and (c.state <> 'DONE' or c.reason is not null or c.expires_at <= now()))
      """;

  /** Done counts only where there can be no proof any more. */
  static final String WELL = "(c.state = 'VERIFIED' or c.state = 'DONE' and c.reason = 'OUTDATED')";

  // Lockings have their own time: they end when the device comes, and hold nothing up.
  private static final String READY =
      """
      select k.id from campaign k
      where %2$s and (k.state = 'CANARIES' and not exists (
          select from campaign_device cd join command c on c.id = cd.command_id
          where cd.campaign_id = k.id and cd.canary and not %1$s)
        or k.state = 'RUNNING' and not exists (
          select from command c where c.campaign_id = k.id and c.state in ('QUEUED', 'LEASED')
            and c.needs is distinct from 'OVER')
        and not exists (
          select from command c where c.campaign_id = k.id and c.state = 'DONE' and not %1$s
            and c.needs is distinct from 'OVER'))
      order by k.id
      """;

  private static final String CANARIES =
      """
      select count(*) as devices, count(*) filter (where %s) as well
      from campaign_device cd join command c on c.id = cd.command_id
      where cd.campaign_id = ? and cd.canary
      """
          .formatted(WELL);

  private static final String REST =
      """
      select cd.device_id from campaign_device cd
      where cd.campaign_id = ? and cd.command_id is null and cd.refusal is null
      order by cd.device_id
      """;

  private final Sql sql;
  private final Picks picks;
  private final CampaignRows rows;
  private final Clock clock;

  /** With the database. */
  @Inject
  public CampaignSteps(DataSource dataSource, DeviceSets sets, Clock clock) {
    this.sql = new Sql(dataSource);
    this.picks = new Picks(sql, sets);
    this.rows = new CampaignRows(sql, new Enqueueing(sql));
    this.clock = clock;
  }

  /** For the proxies of CDI. */
  protected CampaignSteps() {
    this(null, null, null);
  }

  private record Fared(long devices, long well) {

    boolean enough(int threshold) {
      return devices > 0 && well * 100 >= threshold * devices;
    }
  }

  /** Campaigns that have a step before them. */
  public List<CampaignId> ready() {
    return sql.list(DOING, row -> new CampaignId(row.getLong(1)), READY.formatted(OVER, "true"));
  }

  /** A step of a campaign, if it has one before it still. */
  public void step(CampaignId id) {
    rows.hold(id).filter(campaign -> ready(campaign.id())).ifPresent(this::step);
  }

  /** Asked once more now that nobody else moves it: somebody may have tried again meanwhile. */
  private boolean ready(CampaignId id) {
    String one = READY.formatted(OVER, "k.id = ?");
    return sql.first(DOING, row -> row.getLong(1), one, id.value()).isPresent();
  }

  private void step(CampaignRows.Held campaign) {
    if (campaign.state() == CampaignState.RUNNING) {
      rows.state(campaign.id(), CampaignState.DONE);
    } else if (campaign.state() == CampaignState.CANARIES) {
      Fared fared =
          sql.first(
                  DOING,
                  row -> new Fared(row.getLong("devices"), row.getLong("well")),
                  CANARIES,
                  campaign.id().value())
              .orElseThrow();
      if (fared.enough(campaign.threshold())) {
        rest(campaign, author(campaign));
      } else {
        rows.state(campaign.id(), CampaignState.HALTED);
        ServerMessage.CAMPAIGN_HALTED.log(
            LOG, campaign.id().value(), fared.well, fared.devices, campaign.threshold());
      }
    }
  }

  /**
   * All others get it, and it is running.
   *
   * @param caller in whose name
   * @return how many got it
   */
  int rest(CampaignRows.Held campaign, Caller caller) {
    List<DeviceId> devices = waiting(campaign.id());
    rows.state(campaign.id(), CampaignState.RUNNING);
    if (devices.isEmpty()) {
      return 0;
    }
    Instant now = clock.instant();
    picks.pick(scope(campaign), new Selection.Ids(devices), campaign.code(), now);
    rows.leaveOut(campaign.id());
    return rows.queue(caller, campaign.id(), campaign.batch(now));
  }

  /** Who has no command yet and may get one. */
  List<DeviceId> waiting(CampaignId campaign) {
    return sql.list(DOING, row -> new DeviceId(row.getLong(1)), REST, campaign.value());
  }

  /** What who began it sees. */
  static Scope scope(CampaignRows.Held campaign) {
    return new Scope(new OrganisationId(campaign.organisation()), campaign.everything());
  }

  private static Caller author(CampaignRows.Held campaign) {
    return new Caller(campaign.author(), campaign.login(), "", scope(campaign), Set.of());
  }
}
