package org.kvantenergo.web.monitoring;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.text.MessageFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import org.kvantenergo.command.Commands;
import org.kvantenergo.command.DeviceMode;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.web.command.CommandWords;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.format.Plural;
import org.kvantenergo.web.security.CurrentViewer;

/** What commands say of the rows of the upper table, for people who may send them. */
@RequestScoped
public class CommandSigns {

  /** Whoever has been open for longer was forgotten. */
  private static final Duration LONG = Duration.ofHours(24);

  @Inject private Commands commands;
  @Inject private CurrentViewer viewer;
  @Inject private Clock clock;

  /** By the id of the device; none for who may not send commands. */
  Map<Long, ModuleLine.Orders> of(List<DeviceRow> rows) {
    Map<Long, ModuleLine.Orders> orders = new HashMap<>();
    if (!rows.isEmpty() && viewer.get().may(Permission.SEND_COMMANDS)) {
      List<DeviceId> ids = rows.stream().map(DeviceRow::id).toList();
      commands
          .signs(viewer.caller(), ids)
          .forEach((device, sign) -> orders.put(device.value(), orders(sign)));
    }
    return orders;
  }

  private ModuleLine.Orders orders(Commands.Sign sign) {
    boolean open = sign.mode() == DeviceMode.OPEN;
    boolean forgotten =
        sign.openSince() != null && sign.openSince().plus(LONG).isBefore(clock.instant());
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
            : said("sign.mode.since", moment(sign.openSince()));
    return sign.task() ? since + ". " + text("sign.mode.task") : since;
  }

  private String command(Commands.Sign sign) {
    if (sign.failed()) {
      CommandWords words = new CommandWords(viewer.getLocale(), viewer.zone());
      String why = sign.reason() == null ? "" : ". " + words.of(sign.reason());
      return words.of(sign.last())
          + (sign.endedAt() == null ? "" : ", " + moment(sign.endedAt()))
          + why;
    }
    return sign.underWay() == 0
        ? ""
        : new Numbers(viewer.getLocale()).whole(sign.underWay())
            + " "
            + Plural.of(viewer.getLocale(), sign.underWay(), text("sign.command.cm"));
  }

  private String moment(Instant at) {
    return Moment.of(at, viewer.zone(), LocalDate.ofInstant(clock.instant(), viewer.zone())).text();
  }

  private String said(String key, Object... values) {
    return MessageFormat.format(text(key), values);
  }

  private String text(String key) {
    return ResourceBundle.getBundle("org.kvantenergo.web.text", viewer.getLocale()).getString(key);
  }
}
