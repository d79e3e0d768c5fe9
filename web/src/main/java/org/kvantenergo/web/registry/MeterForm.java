package org.kvantenergo.web.registry;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.kvantenergo.registry.Meter;
import org.kvantenergo.registry.MeterId;
import org.kvantenergo.registry.MeterRow;
import org.kvantenergo.registry.RefusedException.Reason;
import org.kvantenergo.registry.Registry;
import org.kvantenergo.registry.RegistryChanges;
import org.kvantenergo.registry.RegistryChanges.Placing;
import org.kvantenergo.registry.RegistryChanges.Readings;
import org.kvantenergo.registry.Resource;
import org.kvantenergo.registry.Site;
import org.kvantenergo.shared.DeviceId;

/**
 * The drawer of «Счётчики»: one thing that is done to the chosen meter, or a new one. Moments are
 * typed in the zone of the site; an empty field is now.
 */
@Named("meterForm")
@ViewScoped
public class MeterForm extends Drawer<MeterForm.Mode> {

  private static final long serialVersionUID = 1L;
  private static final int MOST_DIAMETER = 3000;

  /** What can be done, as the page names it. */
  public enum Mode {
    /** Nothing: the drawer is shut. */
    NONE,
    /** A new meter. */
    ADD,
    /** The plate of the chosen one. */
    CORRECT,
    /** Where it stands. */
    PLACE,
    /** Another one in its place. */
    REPLACE,
    /** Taken away. */
    REMOVE,
    /** The device on it. */
    FIT,
    /** The device off it. */
    UNFIT,
    /** A verification. */
    VERIFY,
    /** A seal on it. */
    SEAL,
    /** A seal off it. */
    UNSEAL,
    /** An account at its site. */
    SETTLE
  }

  /** Which field says why it cannot be. */
  private static final Map<Mode, Map<Reason, String>> FIELDS =
      Map.of(
          Mode.ADD, Map.of(Reason.EXISTS, "serial", Reason.OVERLAP, "place", Reason.VALUE, "first"),
          Mode.CORRECT, Map.of(Reason.EXISTS, "serial", Reason.VALUE, "capacity"),
          Mode.PLACE, Map.of(Reason.OVERLAP, "place", Reason.VALUE, "first"),
          Mode.REPLACE,
              Map.of(
                  Reason.NOTHING,
                  "at",
                  Reason.RESOURCE,
                  "serial",
                  Reason.OVERLAP,
                  "at",
                  Reason.VALUE,
                  "last"),
          Mode.REMOVE, Map.of(Reason.NOTHING, "at", Reason.VALUE, "last"),
          Mode.FIT, Map.of(Reason.UNKNOWN, "device-number", Reason.OVERLAP, "at"),
          Mode.UNFIT, Map.of(Reason.NOTHING, "at"),
          Mode.SEAL, Map.of(Reason.OVERLAP, "seal", Reason.VALUE, "seal"),
          Mode.UNSEAL, Map.of(Reason.NOTHING, "at"),
          Mode.SETTLE, Map.of(Reason.OVERLAP, "since", Reason.VALUE, "account"));

  @Inject private transient Registry registry;
  @Inject private transient RegistryChanges changes;
  @Inject private MetersView meters;

  private Meter read;
  private transient MeterRow chosen;
  private transient boolean asked;

  public MeterForm() {
    super(Mode.class);
  }

  @Override
  protected boolean begin() {
    asked = false;
    read = null;
    MeterRow row = mode() == Mode.ADD ? null : chosen();
    read = row == null ? null : row.meter();
    if (row == null) {
      getForm().set("resource", Resource.COLD_WATER);
      return mode() == Mode.ADD;
    }
    show(row);
    return true;
  }

  private void show(MeterRow row) {
    Meter meter = row.meter();
    switch (mode()) {
      case CORRECT -> {
        getForm().set("type", meter.type());
        getForm().set("serial", meter.serial());
        getForm().set("capacity", plain(meter.capacity()));
        getForm().set("diameter", meter.diameter());
      }
      case REPLACE -> {
        getForm().set("type", meter.type());
        getForm().set("capacity", plain(meter.capacity()));
        getForm().set("diameter", meter.diameter());
      }
      case PLACE -> {
        getForm().set("address", row.placed() == null ? null : row.placed().address());
        getForm().set("place", row.placed() == null ? null : row.placed().place());
      }
      case UNSEAL -> getForm().set("seal", row.seals().isEmpty() ? null : row.seals().get(0));
      case SETTLE -> getForm().set("since", LocalDate.ofInstant(clock().instant(), zone(row)));
      case NONE, ADD, REMOVE, FIT, UNFIT, VERIFY, SEAL -> {}
    }
  }

  private static String plain(BigDecimal number) {
    return number == null ? null : number.stripTrailingZeros().toPlainString().replace('.', ',');
  }

  @Override
  protected Runnable done() {
    asked = false;
    MeterId meter = read == null ? null : read.id();
    MeterId other = done(meter);
    return () -> meters.changed(other == null ? meter : other);
  }

  @Override
  protected String field(Reason reason) {
    return FIELDS.getOrDefault(mode(), Map.of()).get(reason);
  }

  @Override
  protected void again() {
    asked = false;
    MeterRow row = chosen();
    if (row != null) {
      read = row.meter();
      show(row);
    }
  }

  /** The meter that is to be shown then; null: the same. */
  private MeterId done(MeterId meter) {
    return switch (mode()) {
      case NONE -> null;
      case ADD -> add();
      case CORRECT -> correct();
      case PLACE -> place(meter);
      case REPLACE -> replace(meter);
      case REMOVE -> remove(meter);
      case FIT -> fit(meter);
      case UNFIT -> unfit(meter);
      case VERIFY -> verify(meter);
      case SEAL -> seal(meter, true);
      case UNSEAL -> seal(meter, false);
      case SETTLE -> settle();
    };
  }

  private MeterId remove(MeterId meter) {
    Instant at = getForm().moment("at", zone(), clock().instant());
    BigDecimal last = getForm().number("last");
    if (getForm().ok()) {
      changes.remove(viewer().caller(), meter, at, last);
    }
    return null;
  }

  private MeterId unfit(MeterId meter) {
    Instant at = getForm().moment("at", zone(), clock().instant());
    if (getForm().ok()) {
      changes.unfit(viewer().caller(), meter, at);
    }
    return null;
  }

  private MeterId add() {
    Resource resource = getForm().one("resource", Resource.class);
    if (resource == null) {
      return null;
    }
    Meter plate = plate(null, resource, 0);
    Placing placing = getForm().text("address").isEmpty() ? null : placing();
    return getForm().ok()
        ? changes.add(viewer().caller(), viewer().scope().organisation(), plate, placing)
        : null;
  }

  private MeterId correct() {
    Meter plate = plate(read.id(), read.resource(), read.version());
    if (getForm().ok()) {
      changes.correct(viewer().caller(), plate);
    }
    return null;
  }

  private Meter plate(MeterId id, Resource resource, int version) {
    return new Meter(
        id,
        resource,
        getForm().required("type", 100),
        getForm().required("serial", 50),
        getForm().positive("capacity"),
        getForm().whole("diameter", MOST_DIAMETER),
        version);
  }

  private MeterId place(MeterId meter) {
    Placing placing = placing();
    if (getForm().ok()) {
      changes.place(viewer().caller(), meter, placing);
    }
    return null;
  }

  /** Null if the address is not clear. */
  private Placing placing() {
    Site site = requiredSite("address");
    String place = getForm().text("place", 100);
    BigDecimal first = getForm().number("first");
    return site == null
        ? null
        : new Placing(
            site.id(), place, getForm().moment("at", site.zone(), clock().instant()), first);
  }

  private MeterId replace(MeterId meter) {
    Meter plate = plate(null, read.resource(), 0);
    Instant at = getForm().moment("at", zone(), clock().instant());
    Readings readings = new Readings(getForm().number("last"), getForm().number("first"));
    return getForm().ok() ? changes.replaceBy(viewer().caller(), meter, plate, at, readings) : null;
  }

  private MeterId fit(MeterId meter) {
    String number = getForm().required("device-number", 15);
    DeviceId device = picks().device(viewer().scope(), number);
    if (device == null && !number.isEmpty()) {
      getForm().wrong("device-number", "UNKNOWN_DEVICE");
    }
    Instant at = getForm().moment("at", zone(), clock().instant());
    if (getForm().ok()) {
      changes.fit(viewer().caller(), meter, device, at);
    }
    return null;
  }

  private MeterId verify(MeterId meter) {
    LocalDate done = getForm().day("done");
    LocalDate due = getForm().day("due");
    if (done != null && due != null && !due.isAfter(done)) {
      getForm().wrong("due", "BEFORE_START");
    }
    if (getForm().ok()) {
      changes.verify(viewer().caller(), meter, new MeterRow.Verified(done, due));
    }
    return null;
  }

  private MeterId seal(MeterId meter, boolean on) {
    String number = getForm().required("seal", 50);
    Instant at = getForm().moment("at", zone(), clock().instant());
    if (getForm().ok() && on) {
      changes.seal(viewer().caller(), meter, number, at);
    } else if (getForm().ok()) {
      changes.unseal(viewer().caller(), meter, number, at);
    }
    return null;
  }

  private MeterId settle() {
    MeterRow row = chosen();
    String number = getForm().required("account", 50);
    String holder = getForm().text("holder", 200);
    LocalDate since = getForm().day("since");
    if (row == null || row.placed() == null) {
      getForm().wrong("account", "NOWHERE");
    } else if (getForm().ok()) {
      changes.settle(viewer().caller(), row.placed().site(), number, holder, since);
    }
    return null;
  }

  /**
   * The chosen meter as it is now, whatever moment the page is about; null if there is none. Asked
   * for when the drawer opens and when something is done, and not by each field.
   */
  private MeterRow chosen() {
    if (!asked) {
      // Another row may have been chosen while the drawer was open.
      MeterId id = read == null ? new MeterId(meters.getSelectedId()) : read.id();
      chosen = registry.find(viewer().scope(), id, clock().instant()).orElse(null);
      asked = true;
    }
    return chosen;
  }

  private ZoneId zone() {
    return zone(chosen());
  }

  private ZoneId zone(MeterRow row) {
    return row == null || row.placed() == null ? viewer().zone() : row.placed().zone();
  }

  /** Which zone a moment is typed in; empty while it is not known to which site it goes. */
  public String getZone() {
    return mode() == Mode.ADD || mode() == Mode.PLACE ? "" : zone().getId();
  }

  /** Resources, by name. */
  public List<String> getResources() {
    return Arrays.stream(Resource.values()).map(Resource::name).toList();
  }

  /** Key of the unit of readings; while the resource can still be chosen, that it is its unit. */
  public String getUnit() {
    return read == null ? "form.unit" : "unit." + read.resource();
  }

  /** Seals that are on the meter now. */
  public List<String> getSeals() {
    MeterRow row = chosen();
    return row == null ? List.of() : row.seals();
  }
}
