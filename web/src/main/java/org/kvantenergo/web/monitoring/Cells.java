package org.kvantenergo.web.monitoring;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.kvantenergo.web.export.Markup;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Status;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * The cells of the upper table as HTML, everything in them escaped. Not written in the page,
 * because the page draws all rows and {@link DrawnRows} draws single ones: a cell that is written
 * once is the same in both, and without components it costs a hundredth.
 */
@Named("cells")
@RequestScoped
public class Cells {

  private static final String ICON =
      "<svg class=\"i %s\" viewBox=\"0 0 16 16\" role=\"img\"><title>%s</title>"
          + "<use href=\"#%s\"></use></svg>";
  private static final String FALLING =
      "<svg class=\"i dnx\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">"
          + "<use href=\"#sd\"></use></svg>";
  private static final String ALERT = "chip t wa";

  private final ResourceBundle texts;

  /** In the viewer's language. */
  @Inject
  public Cells(CurrentViewer viewer) {
    this(viewer.getLocale());
  }

  Cells(Locale locale) {
    this.texts = ResourceBundle.getBundle("org.kvantenergo.web.text", locale);
  }

  /** For the proxies of CDI. */
  protected Cells() {
    this.texts = null;
  }

  /** What needs attention, each in its place. */
  public String signs(ModuleLine m) {
    ModuleLine.Signs signs = m.signs();
    return "<span class=\"sg\">"
        + sign("silence", signs.silence(), "sil")
        + sign("errors", signs.errors(), "err")
        + sign("battery", signs.battery(), "bat")
        + (m.orders() == null ? sign("mode", signs.mode(), "unl") : orders(m.orders()))
        + "</span>";
  }

  private static String orders(ModuleLine.Orders orders) {
    return icon(orders.mode(), orders.modeText(), orders.forgotten() ? "unlc" : "unl")
        + icon(orders.command(), orders.commandText(), "cmd");
  }

  private String sign(String of, String tone, String icon) {
    return icon(tone, tone.isEmpty() ? "" : texts.getString("sign." + of + "." + tone), icon);
  }

  private static String icon(String tone, String title, String icon) {
    return tone.isEmpty() ? "<span></span>" : ICON.formatted(tone, escaped(title), icon);
  }

  /** What stands in a column. */
  public String of(ModuleColumn column, ModuleLine m) {
    return switch (column) {
      case IMEI -> identifier(m.imei());
      case SERIAL -> identifier(m.serial());
      case READING -> reading(m);
      case RESOURCE -> escaped(m.resource());
      case RECEIVED -> moment(m.received(), false);
      case MODULE_TIME -> moment(m.module(), m.moduleOff());
      case METER_TIME -> moment(m.meter(), m.meterOff());
      case MEASUREMENT_ERRORS -> mask(m.masks(), 0);
      case TEMPERATURE_ERRORS -> mask(m.masks(), 1);
      case CONTROL_ERRORS -> mask(m.masks(), 2);
      case CALIBRATION_ERRORS -> mask(m.masks(), 3);
      case HARDWARE_ERRORS -> mask(m.masks(), 4);
      case TEMPERATURE -> escaped(m.temperature());
      case BATTERY -> battery(m);
      case RSSI -> signal(m);
      case PERIOD -> escaped(m.period());
      case BAND -> escaped(m.band());
      case SESSIONS -> escaped(m.sessions());
      case SESSIONS_DAY -> escaped(m.sessionsDay());
      case PROTOCOL -> escaped(m.protocol());
      case MODEL -> escaped(m.model());
      case DAYS -> escaped(m.days());
      case COMMENT -> comment(m);
      case ICCID -> escaped(m.iccid());
      case STATUS -> m.status() == null ? "" : status(m.status());
      case IDX -> escaped(m.idx());
      case GROUP -> escaped(m.group());
    };
  }

  private static String identifier(Identifier id) {
    return "<span class=\"id\"><i>" + id.prefix() + "</i>" + id.rest() + "</span>";
  }

  private String reading(ModuleLine m) {
    String reading = escaped(m.reading());
    return m.readingFell() ? span("cell-w", text("mark.fell"), FALLING + reading) : reading;
  }

  private String moment(Moment at, boolean off) {
    return span(
        ("dt " + at.tone()).strip(),
        off ? text("mark.clockOff") : "",
        "<i>%s</i> <i class=\"z\" aria-hidden=\"true\">%s</i><b>%s</b>"
            .formatted(at.date(), at.pad(), at.time()));
  }

  private String mask(List<Mask> masks, int which) {
    if (masks.isEmpty()) {
      return "";
    }
    Mask mask = masks.get(which);
    return mask.value() == 0
        ? span("zero", "", "0")
        : span(
            ("em " + mask.tone()).strip(),
            text("full.errors." + which) + ": " + escaped(mask.names()),
            String.valueOf(mask.value()));
  }

  private static String battery(ModuleLine m) {
    String volts = escaped(m.battery());
    return switch (m.signs().battery()) {
      case "da" -> span("cell-d", "", volts);
      case "wa" -> span("cell-w", "", volts);
      default -> volts;
    };
  }

  private static String signal(ModuleLine m) {
    String rssi = escaped(m.rssi());
    return m.signal() == null
        ? rssi
        : "<span class=\"%s\" aria-hidden=\"true\"><i></i><i></i><i></i><i></i></span>%s"
            .formatted(("sig b" + m.signal().bars() + " " + m.signal().tone()).strip(), rssi);
  }

  private String comment(ModuleLine m) {
    String swap =
        m.swap() == null
            ? ""
            : span(ALERT, "", text(m.swap().unchecked() ? "swap.unchecked" : "swap.possible"));
    String note = escaped(m.comment());
    return swap
        + "<span class=\"note\" data-comment=\"%d\" title=\"%s\">%s</span>"
            .formatted(m.id(), note, note);
  }

  private String status(Status status) {
    String quiet = status.quiet().isEmpty() ? "" : text(status.quiet());
    StringBuilder out = new StringBuilder().append(status.word()).append(' ');
    if (status.alerts().isEmpty()) {
      out.append(span("mut", "", quiet));
    } else {
      List<String> words = new ArrayList<>();
      if (status.slice()) {
        words.add(quiet);
      }
      status.alerts().forEach(alert -> words.add(text(alert)));
      out.append(span(ALERT, "", String.join(", ", words)));
    }
    status.others().forEach(other -> out.append(span("chip t", "", escaped(other))));
    return out.toString();
  }

  private static String span(String styles, String title, String html) {
    return "<span class=\""
        + styles
        + (title.isEmpty() ? "" : "\" title=\"" + title)
        + "\">"
        + html
        + "</span>";
  }

  private String text(String key) {
    return escaped(texts.getString(key));
  }

  private static String escaped(String text) {
    return Markup.escaped(text);
  }
}
