package org.kvantenergo.command.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kvantenergo.audit.AuditAction;
import org.kvantenergo.audit.AuditTrail;
import org.kvantenergo.command.CommandDesk.Proof;
import org.kvantenergo.command.CommandOrder;
import org.kvantenergo.command.Fate;
import org.kvantenergo.command.OrderCheck;
import org.kvantenergo.command.OrderCheck.WakeTimes;
import org.kvantenergo.command.OrderFault;
import org.kvantenergo.command.OrderFault.Field;
import org.kvantenergo.command.OrderFault.Problem;
import org.kvantenergo.command.RequestId;
import org.kvantenergo.command.Sending;
import org.kvantenergo.shared.Caller;

/**
 * The way of an order: faults, repeats, the mode, the devices, the confirmation, the row of the
 * request, and then what it asks for. In the caller's transaction.
 */
final class Sender {

  private final Picks picks;
  private final Requests requests;
  private final SendingGuard guard;
  private final AuditTrail audit;
  private final Clock clock;

  Sender(Picks picks, Requests requests, SendingGuard guard, AuditTrail audit, Clock clock) {
    this.picks = picks;
    this.requests = requests;
    this.guard = guard;
    this.audit = audit;
    this.clock = clock;
  }

  /** What is done for a request, beside its row. */
  interface Work {

    /** What is wrong with what else was asked for. */
    List<OrderFault> faults();

    /** What else was asked for, in one text; empty if nothing was. */
    String more();

    /** Does it, for the devices that are picked. */
    void begin(RequestId request, boolean proposed);
  }

  private List<OrderFault> faults(CommandOrder order, Work work, Instant now) {
    List<OrderFault> faults = new ArrayList<>(work.faults());
    faults.addAll(OrderRules.faults(order, now));
    return faults;
  }

  OrderCheck check(Caller caller, CommandOrder order, Work work) {
    Instant now = clock.instant();
    List<OrderFault> faults = faults(order, work, now);
    if (!faults.isEmpty()) {
      return new OrderCheck(faults, Map.of(), List.of(), WakeTimes.NONE, false, false);
    }
    int code = order.command().kind().code();
    Map<Fate, Long> counts = pick(caller, order, now);
    return new OrderCheck(
        SendingGuard.devices(caller, counts).stream().toList(),
        counts,
        picks.samples(counts),
        picks.wake(now),
        guard.asksPassword(code, counts),
        guard.asksSecondPerson(code, counts));
  }

  private Map<Fate, Long> pick(Caller caller, CommandOrder order, Instant now) {
    int code = order.command().kind().code();
    picks.pick(caller.scope(), order.devices(), code, now);
    return picks.counts(OrderRules.refusesIfLocked(code, order.composite()));
  }

  Sending send(Caller caller, CommandOrder order, Proof proof, Work work) {
    Instant now = clock.instant();
    List<OrderFault> faults = faults(order, work, now);
    if (!faults.isEmpty()) {
      return invalid(caller, order, work, faults);
    }
    Optional<Requests.Before> before = requests.find(caller, order.key());
    if (before.isPresent()) {
      return again(before.get(), order, work);
    }
    Optional<OrderFault> shut = guard.mode(caller, proof);
    if (shut.isPresent()) {
      return refused(caller, order, shut.get(), Map.of());
    }
    int code = order.command().kind().code();
    Map<Fate, Long> counts = pick(caller, order, now);
    Optional<OrderFault> fault =
        SendingGuard.devices(caller, counts).or(() -> guard.confirmed(caller, code, counts, proof));
    return fault.isPresent()
        ? refused(caller, order, fault.get(), counts)
        : begin(caller, order, work, counts);
  }

  /** Whoever repeats a call after its time is over is answered as the first time all the same. */
  private Sending invalid(Caller caller, CommandOrder order, Work work, List<OrderFault> faults) {
    boolean past = faults.stream().allMatch(f -> f.problem() == Problem.PAST);
    Optional<Requests.Before> before = past ? requests.find(caller, order.key()) : Optional.empty();
    return before
        .map(found -> again(found, order, work))
        .orElseGet(() -> new Sending.Refused(faults, Map.of()));
  }

  private static Sending again(Requests.Before before, CommandOrder order, Work work) {
    if (!Requests.same(before, order, work.more())) {
      return new Sending.Refused(List.of(OrderFault.of(Field.KEY, Problem.USED)), Map.of());
    }
    return switch (before.state()) {
      case SENT -> new Sending.Queued(before.id(), before.counts(), true);
      case PROPOSED -> new Sending.Proposed(before.id(), before.counts(), true);
      case DECLINED ->
          new Sending.Refused(
              List.of(OrderFault.of(Field.WHOLE, Problem.DECIDED)), before.counts());
    };
  }

  /** What somebody was kept from is noted; not that a field was empty. */
  private Sending refused(
      Caller caller, CommandOrder order, OrderFault fault, Map<Fate, Long> counts) {
    if (fault.problem() != Problem.EMPTY && fault.problem() != Problem.NEEDED) {
      audit.note(
          caller,
          AuditAction.COMMANDS_REFUSED,
          "key " + order.key(),
          Map.of(),
          Map.of(
              "command",
              Texts.line(order.command()),
              "reason",
              fault.field() + " " + fault.problem()));
    }
    return new Sending.Refused(List.of(fault), counts);
  }

  private Sending begin(Caller caller, CommandOrder order, Work work, Map<Fate, Long> counts) {
    boolean proposed = guard.asksSecondPerson(order.command().kind().code(), counts);
    Requests.State state = proposed ? Requests.State.PROPOSED : Requests.State.SENT;
    Optional<RequestId> request = requests.insert(caller, order, work.more(), state, counts);
    if (request.isEmpty()) {
      // Whoever came at the same time was first, and has committed.
      return again(requests.find(caller, order.key()).orElseThrow(), order, work);
    }
    work.begin(request.get(), proposed);
    audit.note(
        caller,
        proposed ? AuditAction.COMMANDS_PROPOSED : AuditAction.COMMANDS_SENT,
        "request " + request.get().value(),
        Map.of(),
        said(order, counts));
    return proposed
        ? new Sending.Proposed(request.get(), counts, false)
        : new Sending.Queued(request.get(), counts, false);
  }

  /** Never login and password of an access point. */
  private static Map<String, String> said(CommandOrder order, Map<Fate, Long> counts) {
    Map<String, String> said = new TreeMap<>(said(counts));
    said.put("command", Texts.line(order.command()));
    said.put("composite", Boolean.toString(order.composite()));
    said.put("key", order.key());
    return said;
  }

  static Map<String, String> said(Map<Fate, Long> counts) {
    Map<String, String> said = new TreeMap<>();
    counts.forEach((fate, devices) -> said.put(fate.name(), devices.toString()));
    return said;
  }
}
