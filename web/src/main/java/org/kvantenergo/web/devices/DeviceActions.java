package org.kvantenergo.web.devices;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kvantenergo.device.DeviceChanges;
import org.kvantenergo.device.DeviceEntry;
import org.kvantenergo.device.DeviceKeyring;
import org.kvantenergo.device.DeviceRefusedException;
import org.kvantenergo.device.DeviceRegistration;
import org.kvantenergo.device.DeviceRegistration.Finding;
import org.kvantenergo.device.DeviceSwaps;
import org.kvantenergo.shared.DatabaseException;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.web.WebLog;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * What is done with the chosen device, or with those that are ticked, and the one dialogue that
 * asks before. A key is handed to the page that shows it by the request alone, and kept nowhere.
 */
@Named("deviceActions")
@ViewScoped
public class DeviceActions implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int MOST = 10_000;

  @Inject private transient DeviceRegistration registration;
  @Inject private transient DeviceChanges changes;
  @Inject private transient DeviceSwaps swaps;
  @Inject private transient DeviceKeyring keyring;
  @Inject private CurrentViewer viewer;
  @Inject private DevicesView devices;
  @Inject private DeviceInto into;
  @Inject private DeviceRule rule;
  @Inject private GroupsView groups;

  private String asked = "";
  private String fault = "";
  private String reason = "";
  private long holder;
  private long records;
  private long ticked;
  private boolean finished;
  private long editing;
  private String comment = "";
  private String model = "";
  private String commissioned = "";
  private long group;
  private transient DeviceChanges.Profile shown;
  private transient Finding finding;

  /** Opens the dialogue about something; with an empty name closes it. */
  public void ask(String what) {
    asked = what;
    fault = "";
    reason = "";
    holder = 0;
    finding = null;
    finished = false;
  }

  /** Opens the dialogue about registering by a rule. */
  public void askRule() {
    ask("RULE");
    rule.fresh();
  }

  /** Opens the dialogue about groups. */
  public void askGroups() {
    ask("GROUPS");
    groups.fresh();
  }

  /** The dialogue about groups shows those of another owner. */
  public void otherGroups() {
    into.ownerChosen();
    groups.fresh();
  }

  /** Opens the dialogue about who the chosen device is. */
  public void askSwap(String what, long registered) {
    ask(what);
    holder = registered;
    attempt(() -> records = swaps.records(viewer.caller(), chosen()));
  }

  /** Opens the dialogue about those that are ticked: parameter {@code ids}. */
  public void askTicked() {
    ask("TICKED");
    ticked = ids().size();
  }

  /** Registers the chosen device. */
  public void register() {
    Finding found = registered(List.of(chosen()));
    if (found != null) {
      boolean good = found.ready() == 1;
      String why =
          found.conflicts().isEmpty()
              ? "STATE"
              : found.conflicts().keySet().iterator().next().name();
      devices.say(good ? "dev.said.REGISTERED" : "dev.why." + why, good);
      devices.reload();
    }
  }

  /** Registers those that are ticked: parameter {@code ids}. */
  public void registerTicked() {
    finding = registered(ids());
    if (finding != null) {
      finished = true;
      devices.say("", true);
      devices.reload();
    }
  }

  private Finding registered(List<DeviceId> ids) {
    Finding[] found = new Finding[1];
    attempt(() -> found[0] = registration.register(viewer.caller(), ids, into.where()));
    return found[0];
  }

  private static List<DeviceId> ids() {
    return Arrays.stream(Asked.text("ids").split(","))
        .filter(id -> id.matches("[0-9]{1,18}"))
        .limit(MOST)
        .map(id -> new DeviceId(Long.parseLong(id)))
        .toList();
  }

  /** Saves what was edited of the chosen device. */
  public void save() {
    if (!Typed.model(model)) {
      fault = "dev.fault.model";
    } else if (!Typed.moment(commissioned)) {
      fault = "dev.fault.moment";
    } else {
      act(
          "dev.said.SAVED",
          () -> {
            Integer typed = Typed.modelOf(model);
            changes.change(
                viewer.caller(),
                chosen(),
                shown,
                new DeviceChanges.Profile(
                    group == 0 ? null : new GroupId(group),
                    comment,
                    typed == null ? 0 : typed,
                    Typed.moment(commissioned, viewer.zone())));
          });
    }
  }

  /** Blocks the chosen device, or takes the block away. */
  public void block(boolean blocked) {
    act(
        blocked ? "dev.said.BLOCKED" : "dev.said.UNBLOCKED",
        () -> changes.block(viewer.caller(), chosen(), blocked, reason));
  }

  /** Takes the chosen device out of the registry. */
  public void unregister() {
    act("dev.said.UNREGISTERED", () -> changes.unregister(viewer.caller(), chosen(), reason));
  }

  /** The chosen device is the registered one. */
  public void same() {
    act("dev.said.SAME", () -> swaps.same(viewer.caller(), chosen(), new DeviceId(holder)));
  }

  /** The chosen device stands in the place of the registered one. */
  public void replace() {
    act("dev.said.REPLACED", () -> swaps.replace(viewer.caller(), chosen(), new DeviceId(holder)));
  }

  /** The chosen device is none of them. */
  public void leaveApart() {
    act("dev.said.APART", () -> swaps.leaveApart(viewer.caller(), chosen()));
  }

  /** Makes a key and shows it, this once. */
  public void makeKey() {
    attempt(
        () -> {
          byte[] key = keyring.make(viewer.caller(), chosen());
          FacesContext.getCurrentInstance()
              .getExternalContext()
              .getRequestMap()
              .put("madeKey", HexFormat.of().formatHex(key));
          Arrays.fill(key, (byte) 0);
          asked = "KEY_MADE";
          devices.say("", true);
          devices.reload();
        });
  }

  /** Sets a key that was typed: parameter {@code key}. */
  public void setKey() {
    String typed = Typed.digits(Asked.text("key"));
    if (!typed.matches("[0-9A-Fa-f]{64}")) {
      fault = "dev.fault.key";
      return;
    }
    act(
        "dev.said.KEY_SET",
        () -> keyring.set(viewer.caller(), chosen(), HexFormat.of().parseHex(typed)));
  }

  /** Takes the key away. */
  public void removeKey() {
    act("dev.said.KEY_REMOVED", () -> keyring.remove(viewer.caller(), chosen()));
  }

  private void act(String said, Runnable action) {
    if (attempt(action)) {
      asked = "";
      devices.say(said, true);
      devices.reload();
    }
  }

  private boolean attempt(Runnable action) {
    // Before anything is done: who may no longer open the page would not be shown what they did.
    viewer.requireDevices();
    fault = "";
    try {
      action.run();
      editing = 0;
      return true;
    } catch (DeviceRefusedException e) {
      fault = "dev.refused." + e.reason().name();
      if (e.reason() == DeviceRefusedException.Reason.CHANGED) {
        // What the other one wrote is shown, to be looked at and corrected.
        editing = 0;
        devices.say("", false);
        devices.reload();
      }
    } catch (DatabaseException e) {
      WebLog.DATA_MISSING.say(e);
      fault = "dev.refused.DATABASE";
    }
    return false;
  }

  private DeviceId chosen() {
    return new DeviceId(devices.getSelectedId());
  }

  /** The fields show another device from now on, or the same as it is now. */
  private DeviceEntry edited() {
    DeviceEntry device = devices.chosen();
    if (device != null && editing != device.id().value()) {
      editing = device.id().value();
      shown = device.profile();
      comment = device.comment();
      model = device.model() == 0 ? "" : Integer.toString(device.model());
      commissioned =
          device.commissionedAt() == null
              ? ""
              : device
                  .commissionedAt()
                  .atZone(viewer.zone())
                  .toLocalDateTime()
                  .withNano(0)
                  .toString();
      group = device.group() == null ? 0 : device.group().id().value();
    }
    return device;
  }

  /** Name of what the dialogue is about; empty while it is shut. */
  public String getAsked() {
    return asked;
  }

  /** Key of what is wrong; empty if nothing is. */
  public String getFault() {
    return fault;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String typed) {
    reason = Typed.text(typed);
  }

  /** The registered device that the dialogue is about; null if it is about none. */
  public DeviceLine.HolderLine getHolder() {
    DeviceLine line = devices.getSelected();
    if (line == null) {
      return null;
    }
    return line.byImei() != null && line.byImei().id() == holder
        ? line.byImei()
        : line.bySerial() != null && line.bySerial().id() == holder ? line.bySerial() : null;
  }

  /** How many records are kept apart for the chosen device. */
  public long getRecords() {
    return records;
  }

  /** How many are ticked. */
  public long getTicked() {
    return ticked;
  }

  /** Whether those that were ticked have been registered. */
  public boolean isFinished() {
    return finished;
  }

  /** What the dialogue's rule or list comes to, or came to; null before it was tried. */
  public Finding getOutcome() {
    return asked.equals("RULE") ? rule.getFinding() : finding;
  }

  /** Of these, how many are in conflict and why. */
  public List<Map.Entry<DeviceRegistration.Conflict, Long>> getConflicts() {
    return new TreeMap<>(getOutcome().conflicts()).entrySet().stream().toList();
  }

  /** The first of these. */
  public List<ConflictLine> getExamples() {
    return getOutcome().examples().stream().map(ConflictLine::of).toList();
  }

  /** Whether the dialogue is about the chosen device. */
  public boolean isAbout() {
    return !List.of("RULE", "TICKED", "GROUPS").contains(asked);
  }

  /** Whether the dialogue asks why. */
  public boolean isReasoned() {
    return List.of("BLOCK", "UNBLOCK", "UNREGISTER").contains(asked);
  }

  /** Whether there is nothing that closing would call off. */
  public boolean isClosing() {
    return finished || asked.equals("GROUPS") || (asked.equals("RULE") && rule.isApplied());
  }

  public String getComment() {
    edited();
    return comment;
  }

  public void setComment(String typed) {
    comment = Typed.text(typed);
  }

  public String getModel() {
    edited();
    return model;
  }

  public void setModel(String typed) {
    model = Typed.text(typed);
  }

  /** As a field of date and time has it, in the viewer's zone. */
  public String getCommissioned() {
    edited();
    return commissioned;
  }

  public void setCommissioned(String typed) {
    commissioned = Typed.text(typed);
  }

  public long getGroup() {
    edited();
    return group;
  }

  public void setGroup(long id) {
    group = id;
  }
}
