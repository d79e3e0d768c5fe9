package org.kvantenergo.web.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.kvantenergo.web.format.Identifier;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.format.Signal;
import org.kvantenergo.web.format.Status;

/** Cells that say something, and what people typed. */
class CellsTest {

  private static final String TYPED = "<b title=\"x\">&";
  private static final String ESCAPED = "&lt;b title=&quot;x&quot;&gt;&amp;";

  private final Cells cells = new Cells(Locale.forLanguageTag("ru"));

  private static ModuleLine line(List<Mask> masks, Status status, ModuleLine.Signs signs) {
    Moment at = new Moment("15.02.2021", "0", "9:45:53", "o w");
    return new ModuleLine(
        7,
        "1",
        Identifier.imei(868333030969634L),
        Identifier.serial(207900001121L),
        "0,25",
        true,
        "",
        at,
        at,
        true,
        at,
        false,
        masks,
        "",
        "3,10",
        "−105",
        Signal.of(-105),
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        TYPED,
        TYPED,
        status,
        "7",
        TYPED,
        new ModuleLine.Swap(true, null, null),
        signs,
        null);
  }

  @Test
  void whatNeedsAttentionIsMarked() {
    Mask none = new Mask(0, "", "");
    ModuleLine line =
        line(
            List.of(new Mask(16, "бит 4", "wa"), none, none, none, none),
            Status.of(1 << 12 | 1 << 10, List.of(TYPED)),
            new ModuleLine.Signs("", "wa", "da", ""));
    assertThat(cells.signs(line))
        .isEqualTo(
            "<span class=\"sg\"><span></span>"
                + "<svg class=\"i wa\" viewBox=\"0 0 16 16\" role=\"img\"><title>Есть ошибки</title>"
                + "<use href=\"#err\"></use></svg>"
                + "<svg class=\"i da\" viewBox=\"0 0 16 16\" role=\"img\">"
                + "<title>Батарея ниже 3,20 В</title><use href=\"#bat\"></use></svg>"
                + "<span></span></span>");
    assertThat(cells.of(ModuleColumn.READING, line))
        .startsWith("<span class=\"cell-w\" title=\"Меньше предыдущего показания\"><svg")
        .endsWith("</svg>0,25</span>");
    assertThat(cells.of(ModuleColumn.MEASUREMENT_ERRORS, line))
        .isEqualTo("<span class=\"em wa\" title=\"Ошибки измерений: бит 4\">16</span>");
    assertThat(cells.of(ModuleColumn.HARDWARE_ERRORS, line))
        .isEqualTo("<span class=\"zero\">0</span>");
    assertThat(cells.of(ModuleColumn.BATTERY, line))
        .isEqualTo("<span class=\"cell-d\">3,10</span>");
    assertThat(cells.of(ModuleColumn.RSSI, line))
        .isEqualTo(
            "<span class=\"sig b1 d\" aria-hidden=\"true\"><i></i><i></i><i></i><i></i></span>−105");
    assertThat(cells.of(ModuleColumn.MODULE_TIME, line))
        .isEqualTo(
            "<span class=\"dt o w\" title=\"Часы расходятся с сервером больше чем на 5 минут\">"
                + "<i>15.02.2021</i> <i class=\"z\" aria-hidden=\"true\">0</i><b>9:45:53</b></span>");
    assertThat(cells.of(ModuleColumn.STATUS, line))
        .isEqualTo(
            "5120 <span class=\"chip t wa\">срез, без показания, ошибка</span><span class=\"chip t\">"
                + ESCAPED
                + "</span>");
  }

  @Test
  void whatPeopleTypedIsText() {
    ModuleLine line = line(List.of(), null, new ModuleLine.Signs("", "", "", ""));
    assertThat(cells.of(ModuleColumn.COMMENT, line))
        .isEqualTo(
            "<span class=\"chip t wa\">Подпись без ключа</span>"
                + "<span class=\"note\" data-comment=\"7\" title=\"%1$s\">%1$s</span>"
                    .formatted(ESCAPED));
    assertThat(cells.of(ModuleColumn.GROUP, line)).isEqualTo(ESCAPED);
    assertThat(cells.of(ModuleColumn.ICCID, line)).isEqualTo(ESCAPED);
    assertThat(cells.of(ModuleColumn.STATUS, line)).isEmpty();
    assertThat(cells.of(ModuleColumn.CONTROL_ERRORS, line)).isEmpty();
  }
}
