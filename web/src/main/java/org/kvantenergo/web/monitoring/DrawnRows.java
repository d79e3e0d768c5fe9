package org.kvantenergo.web.monitoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.device.ErrorDictionary;
import org.kvantenergo.device.ErrorNames;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.shared.Scope;
import org.kvantenergo.web.push.LiveRows;

/**
 * Rows of the upper table as they are now: each is read once and each of its cells written once for
 * all who see the same, however many pages show it.
 */
@ApplicationScoped
public class DrawnRows implements LiveRows {

  /** As many as the directory is asked for at once. */
  private static final int PORTION = 1000;

  private final DeviceDirectory directory;
  private final ErrorDictionary dictionary;
  private final CommandSigns signs;
  private final Clock clock;

  /** With what says how devices are. */
  @Inject
  public DrawnRows(
      DeviceDirectory directory, ErrorDictionary dictionary, CommandSigns signs, Clock clock) {
    this.directory = directory;
    this.dictionary = dictionary;
    this.signs = signs;
    this.clock = clock;
  }

  /** For the proxies of CDI. */
  protected DrawnRows() {
    this(null, null, null, null);
  }

  /**
   * What a row looks like depends on these alone.
   *
   * @param scope whose devices are seen
   * @param orders whether commands are
   */
  private record Sight(Scope scope, boolean orders, Locale locale, ZoneId zone) {
    static Sight of(Viewer viewer) {
      boolean orders = viewer.may(Permission.SEND_COMMANDS);
      return new Sight(viewer.scope(), orders, viewer.locale(), viewer.zone());
    }
  }

  @Override
  public List<String> draw(List<Wanted> wanted) {
    ErrorNames names = dictionary.names();
    Map<Scope, Set<DeviceId>> asked = new HashMap<>();
    wanted.forEach(
        w -> asked.computeIfAbsent(w.viewer().scope(), s -> new HashSet<>()).addAll(w.devices()));
    Map<Scope, Map<DeviceId, DeviceRow>> found = new HashMap<>();
    asked.forEach((scope, devices) -> found.put(scope, found(scope, devices)));
    Map<Sight, Sheet> sheets = new HashMap<>();
    List<String> drawn = new ArrayList<>();
    for (Wanted each : wanted) {
      Map<DeviceId, DeviceRow> rows = found.get(each.viewer().scope());
      drawn.add(
          sheets
              .computeIfAbsent(Sight.of(each.viewer()), s -> new Sheet(each.viewer(), names, rows))
              .table(each));
    }
    return drawn;
  }

  private Map<DeviceId, DeviceRow> found(Scope scope, Set<DeviceId> devices) {
    Map<DeviceId, DeviceRow> found = new HashMap<>();
    List<DeviceId> all = List.copyOf(devices);
    for (int i = 0; i < all.size(); i += PORTION) {
      directory
          .find(scope, all.subList(i, Math.min(all.size(), i + PORTION)))
          .forEach(row -> found.put(row.id(), row));
    }
    return found;
  }

  /** The rows of one sight. */
  private final class Sheet {

    private final Map<DeviceId, DeviceRow> rows;
    private final Map<Long, ModuleLine.Orders> orders;
    private final Lines lines;
    private final Cells cells;
    private final Map<DeviceId, Drawn> drawn = new HashMap<>();

    Sheet(Viewer viewer, ErrorNames names, Map<DeviceId, DeviceRow> rows) {
      this.rows = rows;
      this.orders = signs.of(viewer, rows.values());
      this.lines =
          new Lines(viewer.locale(), viewer.zone(), clock, new Bits(names, viewer.locale()));
      this.cells = new Cells(viewer.locale());
    }

    String table(Wanted wanted) {
      StringBuilder out = new StringBuilder("<table>");
      for (DeviceId device : wanted.devices()) {
        DeviceRow row = rows.get(device);
        if (row != null) {
          drawn
              .computeIfAbsent(
                  device, id -> new Drawn(line(row), new EnumMap<>(ModuleColumn.class)))
              .write(out, cells, wanted.columns());
        }
      }
      return out.append("</table>").toString();
    }

    /** The page knows the number of the row in its list. */
    private ModuleLine line(DeviceRow row) {
      return lines.module(row, 0, orders.get(row.id().value()));
    }
  }

  /** A row with those of its cells that somebody has asked for. */
  private record Drawn(ModuleLine line, Map<ModuleColumn, String> written) {

    void write(StringBuilder out, Cells cells, Set<String> columns) {
      out.append("<tr data-id=\"").append(line.id()).append("\">");
      cell(out, "SIGNS", cells.signs(line));
      for (ModuleColumn column : ModuleColumn.values()) {
        if (columns.contains(column.name())) {
          cell(out, column.name(), written.computeIfAbsent(column, c -> cells.of(c, line)));
        }
      }
      out.append("</tr>");
    }

    private static void cell(StringBuilder out, String column, String html) {
      out.append("<td class=\"k-").append(column).append("\">").append(html).append("</td>");
    }
  }
}
