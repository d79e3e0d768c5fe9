package org.kvantenergo.device;

import java.time.Instant;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.GroupId;

/**
 * Changes registered devices. Each method asks for {@code REGISTER} and throws {@link
 * DeviceRefusedException} for what cannot be.
 */
public interface DeviceChanges {

  /** Most characters of a comment or a reason. */
  int LONGEST = 500;

  /**
   * What can be edited of a device.
   *
   * @param group of its owner; null = none
   * @param comment 0..500 characters
   * @param model u16; 0 = not known
   * @param commissionedAt when it was put into service; null = not known
   */
  record Profile(GroupId group, String comment, int model, Instant commissionedAt) {}

  /**
   * Edits a device of the registry, in whatever state. Refused if it is not as it was shown any
   * more: what somebody else has written meanwhile would be gone unseen.
   *
   * @param shown as it was when the editing began
   * @param profile as it is to be
   */
  void change(Caller caller, DeviceId device, Profile shown, Profile profile);

  /**
   * Edits the comment alone, of a device of the registry in whatever state. Refused if the comment
   * is not as it was shown any more.
   *
   * @param shown as it was when the editing began
   * @param comment 0..500 characters
   */
  void comment(Caller caller, DeviceId device, String shown, String comment);

  /**
   * Blocks a device, or takes the block away. A session that is open is ended within seconds; the
   * next one is refused.
   *
   * @param reason 1..500 characters, for the audit
   */
  void block(Caller caller, DeviceId device, boolean blocked, String reason);

  /**
   * Takes a device out of the registry that was registered by mistake: it belongs to nobody from
   * now on, its key is gone, commands that wait are sent no more, and what it says is kept apart.
   * Its archive stays, and its owner until now stays in its history. Refused while it is on a
   * meter.
   *
   * @param reason 1..500 characters, for the audit
   */
  void unregister(Caller caller, DeviceId device, String reason);
}
