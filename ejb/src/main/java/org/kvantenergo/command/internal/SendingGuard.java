package org.kvantenergo.command.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.account.FreshPassword;
import org.kvantenergo.account.PasswordFault;
import org.kvantenergo.account.TechnologicalMode;
import org.kvantenergo.command.CommandDesk.Proof;
import org.kvantenergo.command.Fate;
import org.kvantenergo.command.OrderFault;
import org.kvantenergo.command.OrderFault.Field;
import org.kvantenergo.command.OrderFault.Problem;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.wire.command.DeviceCommand;

/** What a person must have and show before commands go out in their name. */
@ApplicationScoped
public class SendingGuard {

  /** Code of the command that cuts a module off for good if it is wrong. */
  private static final int APN = new DeviceCommand.SetApn("", "", "").code();

  private final TechnologicalMode mode;
  private final FreshPassword password;
  private final int confirmAbove;
  private final boolean secondPerson;

  /**
   * With the rules of the installation.
   *
   * @param confirmAbove more devices than these ask for a confirmation, 0 or more
   * @param secondPerson whether that is somebody else's approval, and not the own password
   */
  @Inject
  public SendingGuard(
      TechnologicalMode mode,
      FreshPassword password,
      @ConfigProperty(name = "kvant.commands.confirm-above", defaultValue = "50") int confirmAbove,
      @ConfigProperty(name = "kvant.commands.second-person", defaultValue = "false")
          boolean secondPerson) {
    this.mode = mode;
    this.password = password;
    this.confirmAbove = confirmAbove;
    this.secondPerson = secondPerson;
  }

  /** For the proxies of CDI. */
  protected SendingGuard() {
    this(null, null, 0, false);
  }

  /** Whether the mode is open for who sends; using it keeps it open. */
  Optional<OrderFault> mode(Caller caller, Proof proof) {
    boolean open =
        proof != null
            && proof.token() != null
            && caller.permissions().contains(Permission.TECHNOLOGICAL_MODE)
            && mode.entered(caller, proof.token(), true);
    return open ? Optional.empty() : Optional.of(OrderFault.of(Field.MODE, Problem.SHUT));
  }

  /** Whether so many devices at once are for this person, and whether there are any. */
  static Optional<OrderFault> devices(Caller caller, Map<Fate, Long> counts) {
    if (Picks.asked(counts) == 0) {
      return Optional.of(OrderFault.of(Field.DEVICES, Problem.EMPTY));
    }
    if (Picks.asked(counts) > 1 && !caller.permissions().contains(Permission.SEND_IN_BULK)) {
      return Optional.of(OrderFault.of(Field.DEVICES, Problem.NOT_IN_BULK));
    }
    return counts.containsKey(Fate.QUEUED)
        ? Optional.empty()
        : Optional.of(OrderFault.of(Field.DEVICES, Problem.NONE_LEFT));
  }

  /** Whether the own password is asked for. */
  boolean asksPassword(int code, Map<Fate, Long> counts) {
    return !secondPerson && weighs(code, counts);
  }

  /** Whether somebody else has to approve. */
  boolean asksSecondPerson(int code, Map<Fate, Long> counts) {
    return secondPerson && weighs(code, counts);
  }

  private boolean weighs(int code, Map<Fate, Long> counts) {
    return code == APN || counts.getOrDefault(Fate.QUEUED, 0L) > confirmAbove;
  }

  /** What is wrong with the confirmation, where one is asked for. */
  Optional<OrderFault> confirmed(Caller caller, int code, Map<Fate, Long> counts, Proof proof) {
    return asksPassword(code, counts) ? password(caller, proof) : Optional.empty();
  }

  /** The own password where a second person decides, or has decided on the whole before. */
  Optional<OrderFault> confirmedAgain(
      Caller caller, int code, Map<Fate, Long> counts, Proof proof) {
    return weighs(code, counts) ? password(caller, proof) : Optional.empty();
  }

  private Optional<OrderFault> password(Caller caller, Proof proof) {
    if (proof.password() == null || proof.password().length == 0) {
      return Optional.of(OrderFault.of(Field.PASSWORD, Problem.NEEDED));
    }
    return password
        .fault(caller, proof.password())
        .map(
            fault ->
                OrderFault.of(
                    Field.PASSWORD,
                    fault == PasswordFault.LOCKED ? Problem.LOCKED : Problem.WRONG));
  }
}
