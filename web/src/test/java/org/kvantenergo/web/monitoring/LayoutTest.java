package org.kvantenergo.web.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LayoutTest {

  @Test
  void nothingIsTheManualsTable() {
    Layout manual = Layout.parse("");
    assertThat(manual.entries())
        .extracting(Layout.Entry::column)
        .containsExactly(ModuleColumn.values());
    assertThat(manual.entries()).allMatch(Layout.Entry::shown);
    assertThat(manual.text()).isEmpty();
    assertThat(manual.widths()).startsWith("IMEI:121 SERIAL:100 READING:74 RESOURCE:70");
    assertThat(manual.entries().stream().mapToInt(Layout.Entry::width).sum() + 160).isEqualTo(2449);
  }

  @Test
  void whatIsChangedIsReadBackAsItWas() {
    Layout changed =
        Layout.parse("")
            .toggle(ModuleColumn.RSSI)
            .widen(ModuleColumn.READING, 140)
            .move(ModuleColumn.RESOURCE, true)
            .widen(ModuleColumn.BAND, 1)
            .widen(ModuleColumn.MODEL, 5000);
    assertThat(changed.text())
        .startsWith("IMEI:121,SERIAL:100,RESOURCE:70,READING:140,RECEIVED:136")
        .contains("-RSSI:68", "BAND:36", "MODEL:600");
    assertThat(Layout.parse(changed.text()).text()).isEqualTo(changed.text());
    assertThat(changed.widths()).doesNotContain("RSSI");
  }

  @Test
  void identityStaysInSight() {
    Layout layout = Layout.parse("").toggle(ModuleColumn.SERIAL).toggle(ModuleColumn.IMEI);
    assertThat(layout.widths()).startsWith("SERIAL:100 READING:74");
    assertThat(layout.edge()).isEqualTo(ModuleColumn.SERIAL);
    assertThat(Layout.parse("").move(ModuleColumn.READING, true).text()).isEmpty();
    assertThat(Layout.parse("").move(ModuleColumn.IMEI, false).edge()).isEqualTo(ModuleColumn.IMEI);
    assertThat(Layout.parse("READING:74,-SERIAL:90").widths())
        .startsWith("SERIAL:90 IMEI:121 READING");
  }

  @Test
  void aViewOutlivesTheColumnsOfItsTime() {
    Layout old = Layout.parse("SERIAL:100,COLOUR:20,RSSI:x,RSSI:70,,-IMEI");
    assertThat(old.entries()).hasSize(ModuleColumn.values().length);
    assertThat(old.widths()).startsWith("SERIAL:100 RSSI:68 READING:74");
  }

  @Test
  void onDutySomeColumnsNeedAWideScreen() {
    Layout duty = Layout.parse(Layout.DUTY);
    assertThat(duty.text()).isEqualTo("DUTY");
    assertThat(duty.widths())
        .contains("RESOURCE:70w", "BATTERY:82 ")
        .doesNotContain("ICCID", "IDX");
    assertThat(duty.toggle(ModuleColumn.ICCID).text()).startsWith("IMEI:121").contains("-IDX:60");
  }
}
