package org.kvantenergo.device;

import jakarta.ejb.ApplicationException;

/** What was asked for a device, a group or a key cannot be; rolls the transaction back. */
@ApplicationException(rollback = true)
public final class DeviceRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** There is none such, or it is another organisation's. */
    UNKNOWN,
    /** A value is out of its range. */
    VALUE,
    /** It stands otherwise in the registry by now. */
    STATE,
    /** Somebody else has edited it meanwhile. */
    CHANGED,
    /** It is of a kind for which that cannot be. */
    KIND,
    /** It is on a meter, or was when it would have to be forgotten. */
    ON_METER,
    /** The IMEI or serial number is that of another registered device. */
    TAKEN,
    /** There is a group of that name. */
    EXISTS,
    /** The group holds devices. */
    NOT_EMPTY
  }

  private final Reason reason;

  /** With why. */
  public DeviceRefusedException(Reason reason) {
    super("refused: " + reason);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
