package org.kvantenergo.device;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;
import org.kvantenergo.shared.OrganisationId;

/**
 * Registers devices that report already: their rows, and with them their archives, get an owner.
 * One that is in conflict is left as it is. Each method asks for {@code REGISTER} and throws {@link
 * DeviceRefusedException} if the owner or the group is none of the caller's.
 */
public interface DeviceRegistration {

  /**
   * Where devices go.
   *
   * @param owner whose they shall be
   * @param group of the owner; null = none
   * @param comment 0..500 characters; empty = the one that they have stays
   */
  record Into(OrganisationId owner, GroupId group, String comment) {}

  /**
   * Which devices: all limits that are given hold, and one of them is.
   *
   * @param kind what they are
   * @param imeiFrom first IMEI; null = from the lowest
   * @param imeiTo last IMEI; null = to the highest
   * @param serialFrom first serial number; null = from the lowest
   * @param serialTo last serial number; null = to the highest
   * @param model u16 that they report; null = any
   */
  record Rule(
      DeviceRow.Kind kind,
      Long imeiFrom,
      Long imeiTo,
      Long serialFrom,
      Long serialTo,
      Integer model) {

    /** Whether anything but the kind is said, and no range ends before it begins. */
    public boolean limited() {
      boolean some =
          imeiFrom != null
              || imeiTo != null
              || serialFrom != null
              || serialTo != null
              || model != null;
      return some && ordered(imeiFrom, imeiTo) && ordered(serialFrom, serialTo);
    }

    private static boolean ordered(Long from, Long to) {
      return from == null || to == null || from <= to;
    }
  }

  /** Why a device is not registered. */
  enum Conflict {
    /** A registered device has its serial number. */
    SERIAL_TAKEN,
    /** A registered device has its IMEI. */
    IMEI_TAKEN,
    /** Two that were asked for have the same serial number or IMEI: which of them is it? */
    TWICE
  }

  /**
   * One that is not registered.
   *
   * @param why why not
   * @param imei 0 = none
   * @param serial its serial number
   */
  record Example(Conflict why, long imei, long serial) {}

  /**
   * What a rule or a list comes to.
   *
   * @param matched how many devices that are not registered it names
   * @param ready how many of them are registered, or would be
   * @param conflicts how many are not, and why
   * @param examples the first of these, at most 20
   * @param otherKind how many lie within the rule's ranges and are of another kind
   * @param already how many devices within it are registered already, as far as the caller sees
   */
  record Finding(
      long matched,
      long ready,
      Map<Conflict, Long> conflicts,
      List<Example> examples,
      long otherKind,
      long already) {

    /** Keeps its own. */
    public Finding {
      conflicts = Map.copyOf(conflicts);
      examples = List.copyOf(examples);
    }
  }

  /** Registers these. */
  Finding register(Caller caller, Collection<DeviceId> devices, Into into);

  /** What {@link #applyRule} would do; changes nothing. */
  Finding tryRule(Caller caller, Rule rule, Into into);

  /** Registers all that a rule names, in one transaction. */
  Finding applyRule(Caller caller, Rule rule, Into into);
}
