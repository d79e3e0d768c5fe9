package org.kvantenergo.web.devices;

import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.grid.Line;

/**
 * A device as the page shows it.
 *
 * @param id «idx»
 * @param number place in the list, empty outside of it
 * @param kind name of its kind
 * @param state name of its state
 * @param imei «—» if it has none
 * @param serial its serial number
 * @param model of the registry, else as reported; empty if neither is known
 * @param iccid empty if not known
 * @param owner name, empty if nobody's
 * @param group name, empty if none
 * @param comment empty if none
 * @param commissioned when it was put into service
 * @param first its first contact
 * @param heard its last contact
 * @param key since when it holds a key; empty if it holds none
 * @param swapped whether it may be a registered one
 * @param apart whether somebody says that it is none
 * @param byImei who is registered under its IMEI; null if nobody is
 * @param bySerial who is registered under its serial number; null if nobody is
 */
public record DeviceLine(
    long id,
    String number,
    String kind,
    String state,
    Identifier imei,
    Identifier serial,
    String model,
    String iccid,
    String owner,
    String group,
    String comment,
    Moment commissioned,
    Moment first,
    Moment heard,
    Moment key,
    boolean swapped,
    boolean apart,
    HolderLine byImei,
    HolderLine bySerial)
    implements Line {

  /**
   * A registered device with a part of the identity.
   *
   * @param id which
   * @param kind name of its kind
   * @param imei «—» if it has none
   * @param serial its serial number
   * @param owner name of its owner
   * @param whole whether the whole identity is its own
   * @param alike whether it is of the same kind
   */
  public record HolderLine(
      long id,
      String kind,
      Identifier imei,
      Identifier serial,
      String owner,
      boolean whole,
      boolean alike) {}

  /** Whether nobody has registered it. */
  public boolean open() {
    return state.equals("UNREGISTERED");
  }

  /** Whether it is registered, blocked or not. */
  public boolean registered() {
    return state.equals("REGISTERED") || state.equals("BLOCKED");
  }

  /** Whether it can hold a key: what a block says is covered by the key of its base station. */
  public boolean keyed() {
    return registered() && !kind.equals("BLOCK");
  }

  /** Whether a possible swap waits to be looked at. */
  public boolean doubtful() {
    return swapped && !apart;
  }
}
