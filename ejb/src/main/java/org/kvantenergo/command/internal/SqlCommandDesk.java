package org.kvantenergo.command.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.command.CommandDesk;
import org.kvantenergo.command.CommandId;
import org.kvantenergo.command.CommandOrder;
import org.kvantenergo.command.Fate;
import org.kvantenergo.command.OrderCheck;
import org.kvantenergo.command.OrderFault;
import org.kvantenergo.command.OrderFault.Field;
import org.kvantenergo.command.OrderFault.Problem;
import org.kvantenergo.command.RequestId;
import org.kvantenergo.command.Sending;
import org.kvantenergo.device.DeviceSets;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.SecretBox;
import org.kvantenergo.shared.Sql;

/** The desk, on the database. What changes is noted last, in the transaction that changes it. */
@ApplicationScoped
@Transactional
public class SqlCommandDesk implements CommandDesk {

  private final Picks picks;
  private final Sender sender;
  private final Enqueueing enqueueing;
  private final Proposals proposals;
  private final Cancelling cancelling;
  private final CampaignRows campaigns;
  private final SendingGuard guard;
  private final AuditTrail audit;
  private final Clock clock;

  @Inject
  public SqlCommandDesk(
      DataSource dataSource,
      SecretBox box,
      DeviceSets sets,
      SendingGuard guard,
      AuditTrail audit,
      Clock clock) {
    Sql sql = new Sql(dataSource);
    this.picks = new Picks(sql, sets);
    this.sender = new Sender(picks, new Requests(sql, box), guard, audit, clock);
    this.enqueueing = new Enqueueing(sql);
    this.proposals = new Proposals(sql);
    this.cancelling = new Cancelling(sql);
    this.campaigns = new CampaignRows(sql, enqueueing);
    this.guard = guard;
    this.audit = audit;
    this.clock = clock;
  }

  /** For the proxies of CDI. */
  protected SqlCommandDesk() {
    this(null, null, null, null, null, null);
  }

  /** Queues for all that is picked, unless it waits for approval. */
  private final class Plain implements Sender.Work {

    private final Caller caller;
    private final CommandOrder order;

    Plain(Caller caller, CommandOrder order) {
      this.caller = caller;
      this.order = order;
    }

    @Override
    public List<OrderFault> faults() {
      return List.of();
    }

    @Override
    public String more() {
      return "";
    }

    @Override
    public void begin(RequestId request, boolean proposed) {
      if (!proposed) {
        int code = order.command().kind().code();
        enqueueing.queue(caller, Enqueueing.Batch.of(request, code, order.composite()));
      }
    }
  }

  @Override
  public OrderCheck check(Caller caller, CommandOrder order) {
    caller.require(Permission.SEND_COMMANDS);
    return sender.check(caller, order, new Plain(caller, order));
  }

  @Override
  public Sending send(Caller caller, CommandOrder order, Proof proof) {
    caller.require(Permission.SEND_COMMANDS);
    return sender.send(caller, order, proof, new Plain(caller, order));
  }

  @Override
  public List<Proposal> proposals(Caller caller) {
    caller.require(Permission.SEND_COMMANDS);
    return proposals.list(caller);
  }

  @Override
  public Sending approve(Caller caller, RequestId request, Proof proof) {
    caller.require(Permission.SEND_COMMANDS);
    Optional<Proposals.Waiting> waiting = proposals.lock(caller, request);
    if (waiting.isEmpty()) {
      return refused(OrderFault.of(Field.WHOLE, Problem.UNKNOWN), Map.of());
    }
    Proposals.Waiting found = waiting.get();
    Instant now = clock.instant();
    Optional<OrderFault> fault = found.fault(caller, now).or(() -> guard.mode(caller, proof));
    if (fault.isPresent()) {
      return refused(fault.get(), Map.of());
    }
    picks.pick(caller.scope(), found.devices(), found.code(), now);
    Map<Fate, Long> counts =
        picks.counts(OrderRules.refusesIfLocked(found.code(), found.composite()));
    Optional<OrderFault> no =
        SendingGuard.devices(caller, counts)
            .or(() -> guard.confirmedAgain(caller, found.code(), counts, proof));
    if (no.isPresent()) {
      return refused(no.get(), counts);
    }
    proposals.decide(caller, request, Requests.State.SENT);
    Enqueueing.Batch batch = Enqueueing.Batch.of(request, found.code(), found.composite());
    if (found.campaign() == null) {
      enqueueing.queue(caller, batch);
    } else {
      campaigns.begin(caller, found.campaign(), batch);
    }
    audit.note(
        caller,
        AuditAction.COMMANDS_APPROVED,
        "request " + request.value(),
        Map.of(),
        Sender.said(counts));
    return new Sending.Queued(request, counts, false);
  }

  private static Sending refused(OrderFault fault, Map<Fate, Long> counts) {
    return new Sending.Refused(List.of(fault), counts);
  }

  @Override
  public boolean decline(Caller caller, RequestId request) {
    caller.require(Permission.SEND_COMMANDS);
    Optional<Proposals.Waiting> waiting = proposals.lock(caller, request);
    if (waiting.isEmpty()) {
      return false;
    }
    proposals.decide(caller, request, Requests.State.DECLINED);
    if (waiting.get().campaign() != null) {
      campaigns.declined(waiting.get().campaign());
    }
    audit.note(caller, AuditAction.COMMANDS_DECLINED, "request " + request.value());
    return true;
  }

  @Override
  public Cancelled cancel(Caller caller, Collection<CommandId> commands) {
    caller.require(Permission.SEND_COMMANDS);
    Cancelled cancelled = cancelling.cancel(caller, commands);
    if (cancelled.cancelled() > 0) {
      audit.note(
          caller,
          AuditAction.COMMANDS_CANCELLED,
          Cancelling.named(commands),
          Map.of(),
          Map.of("count", Long.toString(cancelled.cancelled())));
    }
    return cancelled;
  }
}
