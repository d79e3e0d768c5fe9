package org.kvantenergo.web.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.command.Commands;
import org.kvantenergo.command.DeviceMode;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.web.command.CommandWords;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.format.Plural;

/** What commands say of the rows of the upper table, for people who may send them. */
@ApplicationScoped
public class CommandSigns {

  /** Whoever has been open for longer was forgotten. */
  private static final Duration LONG = Duration.ofHours(24);

  /** As many as are asked for at once. */
  private static final int PORTION = 1000;

  @Inject private Commands commands;
  @Inject private Clock clock;

  /** By the id of the device; none for who may not send commands. */
  Map<Long, ModuleLine.Orders> of(Viewer viewer, Collection<DeviceRow> rows) {
    Map<Long, ModuleLine.Orders> orders = new HashMap<>();
    if (viewer.may(Permission.SEND_COMMANDS)) {
      Said said = new Said(viewer, clock.instant());
      List<DeviceId> ids = rows.stream().map(DeviceRow::id).toList();
      for (int i = 0; i < ids.size(); i += PORTION) {
        List<DeviceId> portion = ids.subList(i, Math.min(ids.size(), i + PORTION));
        commands
            .signs(viewer.caller(""), portion)
            .forEach((device, sign) -> orders.put(device.value(), said.orders(sign)));
      }
    }
    return orders;
  }

  /** To somebody, at a moment. */
  private record Said(Viewer viewer, Instant now) {

    ModuleLine.Orders orders(Commands.Sign sign) {
      boolean open = sign.mode() == DeviceMode.OPEN;
      boolean forgotten = sign.openSince() != null && sign.openSince().plus(LONG).isBefore(now);
      return new ModuleLine.Orders(
          open ? "op" : "",
          open && forgotten,
          open ? mode(sign) : "",
          open && !sign.task(),
          sign.failed() ? "da" : sign.underWay() > 0 ? "cm" : "",
          command(sign),
          sign.underWay());
    }

    private String mode(Commands.Sign sign) {
      String since =
          sign.openSince() == null
              ? text("sign.mode.op")
              : MessageFormat.format(text("sign.mode.since"), moment(sign.openSince()));
      return sign.task() ? since + ". " + text("sign.mode.task") : since;
    }

    private String command(Commands.Sign sign) {
      if (sign.failed()) {
        CommandWords words = new CommandWords(viewer.locale(), viewer.zone());
        String why = sign.reason() == null ? "" : ". " + words.of(sign.reason());
        return words.of(sign.last())
            + (sign.endedAt() == null ? "" : ", " + moment(sign.endedAt()))
            + why;
      }
      return sign.underWay() == 0
          ? ""
          : new Numbers(viewer.locale()).whole(sign.underWay())
              + " "
              + Plural.of(viewer.locale(), sign.underWay(), text("sign.command.cm"));
    }

    private String moment(Instant at) {
      return Moment.of(at, viewer.zone(), LocalDate.ofInstant(now, viewer.zone())).text();
    }

    private String text(String key) {
      return ResourceBundle.getBundle("org.kvantenergo.web.text", viewer.locale()).getString(key);
    }
  }
}
