package org.kvantenergo.web.monitoring;

import java.util.List;

/**
 * What the bar of the chosen module says besides its row; texts are empty where there is nothing.
 *
 * @param lag how far its clocks are off
 * @param expected «Ждём» or «Ждали»
 * @param expectedAt when
 * @param expectedIn how long that is from now
 * @param late whether that is past by more than a tenth of the period
 * @param battery how long it lasts, in a word
 * @param batteryTone style class
 * @param batteryNote how that is known
 * @param errors the bits that are set
 * @param lastRecord module time of the newest record, seconds since 1970; 0 if there is none
 */
public record DeviceBar(
    ClockLag lag,
    String expected,
    String expectedAt,
    String expectedIn,
    boolean late,
    String battery,
    String batteryTone,
    String batteryNote,
    List<Fault> errors,
    long lastRecord) {

  /**
   * A bit that is set.
   *
   * @param name of the bit
   * @param where key of the mask's name
   * @param raw the whole mask
   * @param since when its run began
   * @param known whether a record without it came before
   * @param last when it was seen last
   * @param tone style class
   */
  public record Fault(
      String name, String where, int raw, String since, boolean known, String last, String tone) {}
}
