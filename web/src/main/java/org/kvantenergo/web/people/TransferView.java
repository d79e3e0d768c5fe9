package org.kvantenergo.web.people;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.kvantenergo.account.Organisations;
import org.kvantenergo.device.DeviceOwners;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.security.CurrentViewer;

/** «Передача модулей»: devices named by their numbers get another owner from some time on. */
@Named("transfer")
@ViewScoped
public class TransferView implements Serializable {

  private static final long serialVersionUID = 1L;

  /** As many as one list finds. */
  private static final int MOST = 1000;

  @Inject private transient DeviceOwners owners;
  @Inject private Choices choices;
  @Inject private transient Clock clock;
  @Inject private CurrentViewer viewer;

  private String numbers = "";
  private long to;
  private String since = "";
  private long device;
  private transient List<DeviceOwners.Owned> found;
  private transient List<Past> history;
  private transient String note;
  private transient boolean done;
  private transient int moved;

  /**
   * A device as the page lists it.
   *
   * @param id of the device
   * @param serial its serial number
   * @param imei its IMEI; empty if it has none
   * @param owner whose it is
   * @param since from when on
   */
  public record Line(long id, String serial, String imei, String owner, Moment since) {}

  /**
   * Whose a device was.
   *
   * @param since from when on
   * @param owner name of the organisation; empty if nobody's, or one that the viewer does not see
   */
  public record Past(Moment since, String owner) {}

  /** Looks the numbers up. */
  public void search() {
    note = "";
    device = 0;
    found = null;
    history = null;
  }

  /** Shows whose one of the devices was. */
  public void choose(long id) {
    device = id;
    history = null;
    note = "";
  }

  /** Hands over what was found, which may have been found before a right was taken away. */
  public void go() {
    viewer.requireTransfer();
    done = false;
    Instant moment = moment();
    if (moment == null || moment.isAfter(clock.instant())) {
      note = "transfer.said.WHEN";
      return;
    }
    List<DeviceId> devices = found().stream().map(DeviceOwners.Owned::device).toList();
    moved = owners.transfer(viewer.caller(), devices, new OrganisationId(to), moment);
    done = moved > 0;
    note = done ? "transfer.said.DONE" : "transfer.said.NONE";
    found = null;
    history = null;
  }

  /** Null if it is none. */
  private Instant moment() {
    if (since.isEmpty()) {
      return clock.instant();
    }
    try {
      return LocalDateTime.parse(since).atZone(viewer.zone()).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private List<DeviceOwners.Owned> found() {
    if (found == null) {
      found = numbers.isEmpty() ? List.of() : owners.find(viewer.scope(), asked());
    }
    return found;
  }

  private Set<Long> asked() {
    return Arrays.stream(numbers.split("[^0-9]+", -1))
        .filter(digits -> !digits.isEmpty() && digits.length() <= 15)
        .map(Long::valueOf)
        .limit(MOST)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What was found. */
  public List<Line> getLines() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), viewer.zone());
    return found().stream()
        .map(
            owned ->
                new Line(
                    owned.device().value(),
                    "%012d".formatted(owned.serial()),
                    owned.imei() == 0 ? "" : "%015d".formatted(owned.imei()),
                    owned.name(),
                    Moment.of(owned.since(), viewer.zone(), today)))
        .toList();
  }

  /** Numbers under which nothing was found. */
  public List<Long> getMissing() {
    Set<Long> missing = asked();
    found().forEach(owned -> missing.removeAll(List.of(owned.serial(), owned.imei())));
    return List.copyOf(missing);
  }

  /** Whose the chosen device was, the last first. */
  public List<Past> getHistory() {
    if (history == null) {
      LocalDate today = LocalDate.ofInstant(clock.instant(), viewer.zone());
      history = new ArrayList<>();
      for (DeviceOwners.Period period : owners.history(viewer.scope(), new DeviceId(device))) {
        Moment began = Moment.of(period.since(), viewer.zone(), today);
        history.add(0, new Past(began, name(period.organisation())));
      }
    }
    return history;
  }

  private String name(OrganisationId id) {
    return getOrganisations().stream()
        .filter(organisation -> organisation.id().equals(id))
        .map(Organisations.Organisation::name)
        .findFirst()
        .orElse("");
  }

  /** Organisations that can be chosen. */
  public List<Organisations.Organisation> getOrganisations() {
    return choices.organisations();
  }

  public String getNumbers() {
    return numbers;
  }

  public void setNumbers(String numbers) {
    this.numbers = numbers == null ? "" : numbers.strip();
  }

  public long getTo() {
    return to;
  }

  public void setTo(long to) {
    this.to = to;
  }

  public String getSince() {
    return since;
  }

  public void setSince(String since) {
    this.since = since == null ? "" : since;
  }

  public long getDevice() {
    return device;
  }

  /** Key of what to say; empty = nothing. */
  public String getNote() {
    return note == null ? "" : note;
  }

  public boolean isDone() {
    return done;
  }

  public int getMoved() {
    return moved;
  }
}
