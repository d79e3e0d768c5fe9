package org.kvantenergo.web.command;

import java.time.Instant;
import org.kvantenergo.command.CampaignPlan;
import org.kvantenergo.command.CommandKind;
import org.kvantenergo.command.CommandOrder;
import org.kvantenergo.command.CommandText;
import org.kvantenergo.command.Selection;

/**
 * What stands in the fields of the dialog. What was typed is read into the same record that other
 * callers send, right or wrong: what is wrong is said by the desk alone.
 *
 * @param command with null where nothing was typed
 * @param access of an access point; null for all others
 * @param expiresAt null if nothing was typed
 * @param attempts 0 if it is no number
 * @param composite whether settings are opened and locked again
 * @param plan null if all get it at once
 */
record Draft(
    CommandText command,
    CommandOrder.Access access,
    Instant expiresAt,
    int attempts,
    boolean composite,
    CampaignPlan plan) {

  /** Nothing is wrong with it, and nothing is meant: to ask what would become of the devices. */
  static Draft trial(CommandKind kind, Instant expiresAt) {
    CommandText command =
        switch (kind) {
          case SCHEDULE -> CommandText.schedule(1, 0, 1);
          case METROLOGICAL -> CommandText.metrological();
          case TECHNOLOGICAL -> CommandText.technological();
          case RETRIES -> CommandText.retries(0);
          case APN -> CommandText.apn("x");
          case ARCHIVE -> CommandText.archive(Instant.EPOCH, Instant.EPOCH);
        };
    return new Draft(command, null, expiresAt, 1, false, null);
  }

  CommandOrder order(Selection devices, boolean open, String key) {
    return new CommandOrder(devices, command, access, expiresAt, attempts, 0, open, key);
  }
}
