package org.kvantenergo.command.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.command.CampaignId;
import org.kvantenergo.command.CampaignPlan;
import org.kvantenergo.command.CampaignState;
import org.kvantenergo.command.Campaigns;
import org.kvantenergo.command.CommandDesk.Proof;
import org.kvantenergo.command.CommandOrder;
import org.kvantenergo.command.Fate;
import org.kvantenergo.command.OrderCheck;
import org.kvantenergo.command.OrderFault;
import org.kvantenergo.command.OrderFault.Field;
import org.kvantenergo.command.OrderFault.Problem;
import org.kvantenergo.command.OutcomeKind;
import org.kvantenergo.command.RequestId;
import org.kvantenergo.command.Selection;
import org.kvantenergo.command.Sending;
import org.kvantenergo.device.DeviceSets;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Rows;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.shared.Sql;

/** Campaigns for people. What changes is noted last, in the transaction that changes it. */
@ApplicationScoped
@Transactional
public class SqlCampaigns implements Campaigns {

  private static final String DOING = "deciding on a campaign";

  private static final String PAUSE =
      """
      update campaign set resumes = state, state = 'PAUSED'
      where id = ? and state in ('CANARIES', 'RUNNING')
      """;

  private static final String RESUME =
      "update campaign set state = resumes, resumes = null where id = ? and state = 'PAUSED'";

  private final Sql sql;
  private final Picks picks;
  private final Sender sender;
  private final CampaignRows rows;
  private final CampaignSteps steps;
  private final CampaignPages pages;
  private final SendingGuard guard;
  private final AuditTrail audit;
  private final Clock clock;

  @Inject
  public SqlCampaigns(
      DataSource dataSource,
      SecretBox box,
      DeviceSets sets,
      SendingGuard guard,
      AuditTrail audit,
      Clock clock) {
    this.sql = new Sql(dataSource);
    this.picks = new Picks(sql, sets);
    this.sender = new Sender(picks, new Requests(sql, box), guard, audit, clock);
    this.rows = new CampaignRows(sql, new Enqueueing(sql));
    this.steps = new CampaignSteps(dataSource, sets, clock);
    this.pages = new CampaignPages(dataSource);
    this.guard = guard;
    this.audit = audit;
    this.clock = clock;
  }

  /** For the proxies of CDI. */
  protected SqlCampaigns() {
    this(null, null, null, null, null, null);
  }

  /** Makes the campaign, and begins it unless it waits for approval. */
  private final class Planned implements Sender.Work {

    private final Caller caller;
    private final CommandOrder order;
    private final CampaignPlan plan;
    private CampaignId made;

    Planned(Caller caller, CommandOrder order, CampaignPlan plan) {
      this.caller = caller;
      this.order = order;
      this.plan = plan;
    }

    @Override
    public List<OrderFault> faults() {
      return PlanRules.faults(plan);
    }

    @Override
    public String more() {
      return plan.toString();
    }

    @Override
    public void begin(RequestId request, boolean proposed) {
      made = rows.make(caller, plan, request);
      if (!proposed) {
        int code = order.command().kind().code();
        rows.begin(caller, made, Enqueueing.Batch.of(request, code, order.composite()));
      }
    }
  }

  @Override
  public OrderCheck check(Caller caller, CommandOrder order, CampaignPlan plan) {
    caller.require(Permission.SEND_IN_BULK);
    return sender.check(caller, order, new Planned(caller, order, plan));
  }

  @Override
  public Start start(Caller caller, CommandOrder order, CampaignPlan plan, Proof proof) {
    caller.require(Permission.SEND_IN_BULK);
    Planned planned = new Planned(caller, order, plan);
    Sending sending = sender.send(caller, order, proof, planned);
    return new Start(sending, planned.made == null ? known(sending) : planned.made);
  }

  /** The one that a repeated call made. */
  private CampaignId known(Sending sending) {
    long request = 0;
    if (sending instanceof Sending.Queued queued) {
      request = queued.request().value();
    } else if (sending instanceof Sending.Proposed proposed) {
      request = proposed.request().value();
    }
    return sql.first(
            DOING,
            row -> new CampaignId(row.getLong(1)),
            "select id from campaign where request_id = ?",
            request)
        .orElse(null);
  }

  @Override
  public boolean pause(Caller caller, CampaignId campaign) {
    return change(caller, campaign, PAUSE, AuditAction.CAMPAIGN_PAUSED);
  }

  @Override
  public boolean resume(Caller caller, CampaignId campaign) {
    return change(caller, campaign, RESUME, AuditAction.CAMPAIGN_RESUMED);
  }

  private boolean change(Caller caller, CampaignId campaign, String how, AuditAction action) {
    caller.require(Permission.SEND_IN_BULK);
    if (rows.hold(caller, campaign).isEmpty() || sql.update(DOING, how, campaign.value()) == 0) {
      return false;
    }
    audit.note(caller, action, "campaign " + campaign.value());
    return true;
  }

  @Override
  public Sending goOn(Caller caller, CampaignId campaign, Proof proof) {
    caller.require(Permission.SEND_IN_BULK);
    Optional<CampaignRows.Held> held = rows.hold(caller, campaign);
    if (held.isEmpty()) {
      return refused(OrderFault.of(Field.WHOLE, Problem.UNKNOWN));
    }
    if (held.get().state() != CampaignState.HALTED) {
      return refused(OrderFault.of(Field.WHOLE, Problem.DECIDED));
    }
    Map<Fate, Long> rest = Map.of(Fate.QUEUED, (long) steps.waiting(campaign).size());
    Optional<OrderFault> fault =
        guard
            .mode(caller, proof)
            .or(() -> guard.confirmedAgain(caller, held.get().code(), rest, proof));
    if (fault.isPresent()) {
      return new Sending.Refused(List.of(fault.get()), rest);
    }
    int queued = steps.rest(held.get(), caller);
    note(caller, AuditAction.CAMPAIGN_WENT_ON, campaign, queued);
    return new Sending.Queued(held.get().request(), Map.of(Fate.QUEUED, (long) queued), false);
  }

  @Override
  public long cancel(Caller caller, CampaignId campaign) {
    caller.require(Permission.SEND_IN_BULK);
    Optional<CampaignRows.Held> held =
        rows.hold(caller, campaign)
            .filter(
                k ->
                    switch (k.state()) {
                      case CANARIES, RUNNING, PAUSED, HALTED -> true;
                      case PROPOSED, DONE, CANCELLED -> false;
                    });
    if (held.isEmpty()) {
      return -1;
    }
    int cancelled = rows.cancel(caller, campaign);
    note(caller, AuditAction.CAMPAIGN_CANCELLED, campaign, cancelled);
    return cancelled;
  }

  private void note(Caller caller, AuditAction action, CampaignId campaign, int count) {
    audit.note(
        caller,
        action,
        "campaign " + campaign.value(),
        Map.of(),
        Map.of("count", Integer.toString(count)));
  }

  @Override
  public Sending retry(Caller caller, CampaignId campaign, Instant expiresAt, Proof proof) {
    caller.require(Permission.SEND_IN_BULK);
    Instant now = clock.instant();
    List<OrderFault> late = OrderRules.expiryFaults(expiresAt, now);
    if (!late.isEmpty()) {
      return new Sending.Refused(late, Map.of());
    }
    Optional<CampaignRows.Held> held = rows.hold(caller, campaign);
    if (held.isEmpty()) {
      return refused(OrderFault.of(Field.WHOLE, Problem.UNKNOWN));
    }
    CampaignState state = held.get().state();
    boolean ready =
        state == CampaignState.RUNNING
            || state == CampaignState.DONE
            || state == CampaignState.HALTED;
    if (!ready) {
      return refused(OrderFault.of(Field.WHOLE, Problem.DECIDED));
    }
    Optional<OrderFault> shut = guard.mode(caller, proof);
    return shut.isPresent()
        ? refused(shut.get())
        : retry(caller, held.get(), expiresAt, now, proof);
  }

  private Sending retry(
      Caller caller, CampaignRows.Held held, Instant expiresAt, Instant now, Proof proof) {
    Selection failed = new Selection.Ids(rows.failed(held.id()));
    picks.pick(caller.scope(), failed, held.code(), now);
    Map<Fate, Long> counts =
        picks.counts(OrderRules.refusesIfLocked(held.code(), held.composite()));
    Optional<OrderFault> fault =
        SendingGuard.devices(caller, counts)
            .or(() -> guard.confirmedAgain(caller, held.code(), counts, proof));
    if (fault.isPresent()) {
      return new Sending.Refused(List.of(fault.get()), counts);
    }
    rows.state(
        held.id(),
        held.state() == CampaignState.HALTED ? CampaignState.CANARIES : CampaignState.RUNNING);
    int queued = rows.queue(caller, held.id(), held.batch().until(expiresAt));
    note(caller, AuditAction.CAMPAIGN_RETRIED, held.id(), queued);
    return new Sending.Queued(held.request(), counts, false);
  }

  private static Sending refused(OrderFault fault) {
    return new Sending.Refused(List.of(fault), Map.of());
  }

  @Override
  public Page<CampaignRow> list(Caller caller, Slice slice) {
    return pages.list(seeing(caller), slice);
  }

  @Override
  public Optional<CampaignRow> find(Caller caller, CampaignId campaign) {
    return pages.find(seeing(caller), campaign);
  }

  @Override
  public Outlook outlook(Caller caller, CampaignId campaign) {
    return pages.outlook(seeing(caller), campaign);
  }

  @Override
  public Page<Outcome> outcomes(Caller caller, CampaignId campaign, OutcomeKind kind, Slice slice) {
    return pages.outcomes(seeing(caller), campaign, kind, slice);
  }

  @Override
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public void stream(Caller caller, CampaignId campaign, Rows<Outcome> rows) throws IOException {
    pages.stream(seeing(caller), campaign, rows);
  }

  private static Scope seeing(Caller caller) {
    caller.require(Permission.SEND_COMMANDS);
    return caller.scope();
  }
}
