package org.kvantenergo.registry;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.OrganisationId;

/**
 * Changes the registry. What is put somewhere from a moment on ends what was there before and lasts
 * until the next change that is known already, so that a change may be entered late. Everything
 * asks for the permission REGISTER and throws {@link RefusedException} for what cannot be.
 */
public interface RegistryChanges {

  /**
   * The site at the end of a way, made with all above it where there is none yet.
   *
   * @param way names from the top down, by what they are; not empty
   * @param zone for those that are made
   */
  SiteId site(Caller caller, OrganisationId owner, Map<SiteKind, String> way, ZoneId zone);

  /**
   * Where a meter is put.
   *
   * @param site the site
   * @param place which one of several there, at most 100 characters; empty where there is one
   * @param at from when on
   * @param reading what it showed then, in the unit of its resource, three decimals; null if not
   *     known
   */
  record Placing(SiteId site, String place, Instant at, BigDecimal reading) {}

  /**
   * What two meters showed when one took the other's place, each in the unit of the resource, three
   * decimals.
   *
   * @param last of the one that was taken away; null if not known
   * @param first of the one that came; null if not known
   */
  record Readings(BigDecimal last, BigDecimal first) {
    /** Nobody wrote them down. */
    public static final Readings NONE = new Readings(null, null);
  }

  /**
   * Adds a meter; its id and version are not looked at.
   *
   * @param placing where it stands; null if nowhere
   */
  MeterId add(Caller caller, OrganisationId owner, Meter meter, Placing placing);

  /** Adds a meter that stands nowhere. */
  default MeterId add(Caller caller, OrganisationId owner, Meter meter) {
    return add(caller, owner, meter, null);
  }

  /** Corrects what a meter's plate says; refused if somebody else did since it was read. */
  void correct(Caller caller, Meter meter);

  /** Puts a meter somewhere. */
  void place(Caller caller, MeterId meter, Placing placing);

  /** Puts a meter somewhere; what it showed is not known. */
  default void place(Caller caller, MeterId meter, SiteId site, String place, Instant at) {
    place(caller, meter, new Placing(site, place, at, null));
  }

  /**
   * Takes a meter away, and the device off it; refused if it stood nowhere then.
   *
   * @param reading what it showed; null if not known
   */
  void remove(Caller caller, MeterId meter, Instant at, BigDecimal reading);

  /** Takes a meter away; what it showed is not known. */
  default void remove(Caller caller, MeterId meter, Instant at) {
    remove(caller, meter, at, null);
  }

  /** Puts one meter where another stood; the device goes on with the new one. */
  void replace(Caller caller, MeterId old, MeterId fresh, Instant at, Readings readings);

  /** Puts one meter where another stood; what they showed is not known. */
  default void replace(Caller caller, MeterId old, MeterId fresh, Instant at) {
    replace(caller, old, fresh, at, Readings.NONE);
  }

  /**
   * Puts another meter where one stood: the one of the same owner, type and serial number, added if
   * there is none such. The device goes on with it.
   *
   * @param plate of the new one; id, resource and version are not looked at
   * @return the new one
   */
  MeterId replaceBy(Caller caller, MeterId old, Meter plate, Instant at, Readings readings);

  /** Puts a device on a meter; it comes off the one that it was on. */
  void fit(Caller caller, MeterId meter, DeviceId device, Instant at);

  /** Takes the device off a meter; refused if there was none then. */
  void unfit(Caller caller, MeterId meter, Instant at);

  /** Notes a verification; one of the same day is corrected. */
  void verify(Caller caller, MeterId meter, MeterRow.Verified verified);

  /** Notes a seal. */
  void seal(Caller caller, MeterId meter, String number, Instant at);

  /**
   * Notes that a seal is gone; at the moment at which it was put there: that it never was. Refused
   * if it was not there then.
   */
  void unseal(Caller caller, MeterId meter, String number, Instant at);

  /** Lets an account begin at a site, and end where it was. */
  void settle(Caller caller, SiteId site, String number, String holder, LocalDate since);

  /**
   * Lets an account that is known begin at another site of its organisation, and end where it was.
   */
  void move(Caller caller, ConsumerId account, SiteId site, String holder, LocalDate since);

  /**
   * Lets an account end where it was; on its first day: it never was there. Refused if it was
   * nowhere on the day before.
   *
   * @param until the first day on which it is there no more
   */
  void leave(Caller caller, ConsumerId account, LocalDate until);
}
