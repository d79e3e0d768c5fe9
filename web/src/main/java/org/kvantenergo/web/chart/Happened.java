package org.kvantenergo.web.chart;

import java.text.MessageFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.ResourceBundle;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.reading.ReadingSeries.Gap;
import org.kvantenergo.reading.ReadingSeries.Incident;
import org.kvantenergo.registry.DeviceHistory;
import org.kvantenergo.web.format.Elapsed;
import org.kvantenergo.web.format.Numbers;
import org.kvantenergo.web.monitoring.Bits;

/** What happened to a device, in the viewer's words. */
final class Happened {

  private final ResourceBundle texts;
  private final Locale locale;
  private final Numbers numbers;
  private final Bits bits;
  private final DeviceRow device;

  Happened(Locale locale, Bits bits, DeviceRow device) {
    this.texts = ResourceBundle.getBundle("org.kvantenergo.web.text", locale);
    this.locale = locale;
    this.numbers = new Numbers(locale);
    this.bits = bits;
    this.device = device;
  }

  String text(String key) {
    return texts.getString(key);
  }

  String text(Incident i) {
    return switch (i.kind()) {
      case ERRORS_BEGAN -> say("chart.errors.began", mask(i), names(i));
      case ERRORS_ENDED -> say("chart.errors.ended", mask(i), names(i));
      case READING_FELL -> say("chart.fell", numbers.rounded(i.value(), 7));
      case MODE_OPENED -> text("chart.opened");
      case MODE_CLOSED -> text("chart.closed");
      case BATTERY_LOW -> say("chart.battery.low", numbers.rounded(i.value(), 3));
      case BATTERY_EMPTY -> say("chart.battery.empty", numbers.rounded(i.value(), 3));
    };
  }

  /** Style class of the mark. */
  String tone(Incident i) {
    return switch (i.kind()) {
      case ERRORS_BEGAN -> bits.tone(device.model(), device.protocol(), i.mask(), i.bits());
      case BATTERY_EMPTY -> "da";
      case READING_FELL, BATTERY_LOW -> "wa";
      case MODE_OPENED -> "op";
      case ERRORS_ENDED, MODE_CLOSED -> "";
    };
  }

  private String mask(Incident i) {
    return text("mask." + i.mask());
  }

  private String names(Incident i) {
    return String.join(", ", bits.all(device.model(), device.protocol(), i.mask(), i.bits()));
  }

  /** The device was put on a meter: the first of all, or another than before. */
  String text(DeviceHistory fitted, boolean first) {
    return say(
        first ? "chart.fitted" : "chart.replaced", fitted.meter().type(), fitted.meter().serial());
  }

  String text(Gap gap) {
    String length = Elapsed.text(Duration.between(gap.from(), gap.until()), numbers, texts);
    return say("chart.gap", length);
  }

  private String say(String key, Object... values) {
    return new MessageFormat(texts.getString(key), locale).format(values);
  }
}
