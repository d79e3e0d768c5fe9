package org.kvantenergo.web.command;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.kvantenergo.command.CommandDesk;
import org.kvantenergo.command.CommandDesk.Cancelled;
import org.kvantenergo.command.CommandId;
import org.kvantenergo.command.Fate;
import org.kvantenergo.command.OrderFault;
import org.kvantenergo.command.RequestId;
import org.kvantenergo.command.Sending;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * What is done with commands and proposals, and the one dialogue that asks before. What is typed
 * lives for the request alone.
 */
@Named("commandActions")
@ViewScoped
public class CommandActions implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int MOST = 10_000;

  @Inject private transient CommandDesk desk;
  @Inject private CurrentViewer viewer;
  @Inject private CommandsView commands;

  private String asked = "";
  private String fault = "";
  private long request;
  private int count;
  private transient String password;

  /** Opens the dialogue about something; with an empty name closes it. */
  public void ask(String what) {
    asked = what;
    fault = "";
    password = null;
  }

  /** Opens the dialogue about taking back: parameter {@code ids}. */
  public void askCancel() {
    ask("CANCEL");
    count = ids().size();
  }

  /** Opens the dialogue about a proposal: APPROVE or DECLINE. */
  public void askAbout(String what, long proposal) {
    ask(what);
    request = proposal;
  }

  /** Takes back what can be: parameter {@code ids}. */
  public void cancel() {
    attempt(
        () -> {
          List<CommandId> ids = ids();
          Cancelled cancelled = desk.cancel(viewer.caller(), ids);
          CommandLines lines = commands.lines();
          if (cancelled.cancelled() == 0 && ids.size() > 1 && !viewer.may("SEND_IN_BULK")) {
            fault = lines.text("commands.cancelled.oneByOne");
            return;
          }
          ask("");
          String done = lines.said("commands.cancelled", cancelled.cancelled());
          commands.changed(
              cancelled.left() == 0
                  ? done
                  : done + ". " + lines.said("commands.cancelled.left", cancelled.left()));
        });
  }

  /** Approves the proposal that the dialogue is about. */
  public void approve() {
    attempt(
        () -> {
          Sending sending =
              desk.approve(viewer.caller(), new RequestId(request), proof(viewer, password));
          if (sending instanceof Sending.Refused refused) {
            OrderFault first = refused.faults().get(0);
            fault = commands.lines().words().of(first);
          } else if (sending instanceof Sending.Queued queued) {
            ask("");
            long devices = queued.counts().getOrDefault(Fate.QUEUED, 0L);
            commands.changed(commands.lines().said("commands.approved", devices));
          }
        });
    password = null;
  }

  /** Declines it. */
  public void decline() {
    attempt(
        () -> {
          boolean done = desk.decline(viewer.caller(), new RequestId(request));
          ask("");
          commands.changed(
              commands.lines().text(done ? "commands.declined" : "command.fault.DECIDED"));
        });
  }

  /** What the page asks for is asked first: who may not see it does nothing on it. */
  private void attempt(Runnable action) {
    viewer.requireCommands();
    fault = "";
    try {
      action.run();
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      fault = commands.lines().text("commands.fault.database");
    }
  }

  /** What shows that it is the person; the password is wiped by who looks at it. */
  static CommandDesk.Proof proof(CurrentViewer viewer, String password) {
    char[] typed = password == null ? new char[0] : password.toCharArray();
    return new CommandDesk.Proof(viewer.token(), typed);
  }

  private static List<CommandId> ids() {
    return Asked.numbers("ids").stream().distinct().limit(MOST).map(CommandId::new).toList();
  }

  /** What the dialogue asks; empty if it is shut. */
  public String getAsked() {
    return asked;
  }

  /** The proposal that it is about; null if it is about none, or somebody has decided. */
  public ProposalLine getProposal() {
    return commands.getProposals().stream().filter(p -> p.id() == request).findFirst().orElse(null);
  }

  /** How many commands it is about. */
  public int getCount() {
    return count;
  }

  /** What is wrong, in a sentence; empty if nothing is. */
  public String getFault() {
    return fault;
  }

  public String getPassword() {
    return "";
  }

  public void setPassword(String typed) {
    password = typed;
  }
}
