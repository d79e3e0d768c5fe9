package org.kvantenergo.web.monitoring;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.kvantenergo.web.grid.Asked;

/** The columns of the upper table and the height of its rows; each change is kept at once. */
@Named("columns")
@ViewScoped
public class ColumnsView implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String HEIGHTS = "24|28|36";

  @Inject private SavedViews views;

  private Layout layout = Layout.parse("");
  private String density = "";
  private transient Map<String, Boolean> shown;
  private transient Map<String, Integer> place;
  private transient Map<String, Head> heads;

  /**
   * What stands in a header.
   *
   * @param family key of its grey first line; empty if it belongs to none
   * @param first key of its line, or the first of two
   * @param second key of the second; empty if there is one
   * @param full key of the whole
   */
  public record Head(String family, String first, String second, String full) {

    static Head of(ModuleColumn column) {
      ColumnShape shape = ColumnShape.of(column);
      boolean two = shape.family().isEmpty() && !ONE_LINE.contains(column);
      return new Head(
          shape.family(),
          shape.head() + (two ? ".1" : ""),
          two ? shape.head() + ".2" : "",
          column.text());
    }
  }

  private static final List<ModuleColumn> ONE_LINE =
      List.of(
          ModuleColumn.IMEI,
          ModuleColumn.MODEL,
          ModuleColumn.COMMENT,
          ModuleColumn.ICCID,
          ModuleColumn.STATUS,
          ModuleColumn.IDX,
          ModuleColumn.GROUP);

  /**
   * A line of the panel.
   *
   * @param name of the column
   * @param full key of its header
   * @param on whether it is shown
   * @param fixed whether it cannot be hidden
   * @param width px
   */
  public record Line(String name, String full, boolean on, boolean fixed, int width) {}

  /** Shows the table like this; nothing is kept. */
  void look(String columns, String height) {
    layout = Layout.parse(columns);
    density = height.matches(HEIGHTS) ? height : "";
    forget();
  }

  /** Shows or hides the column {@code column}. */
  public void toggle() {
    asked().ifPresent(column -> change(layout.toggle(column)));
  }

  /** Moves the column {@code column} one place to the left, or with {@code right} to the right. */
  public void move() {
    asked().ifPresent(c -> change(layout.move(c, Asked.text("right").isEmpty())));
  }

  /** Gives the column {@code column} the width {@code px}. */
  public void widen() {
    int px = (int) Math.min(Asked.number("px"), ColumnShape.WIDEST);
    asked().ifPresent(column -> change(layout.widen(column, px)));
  }

  /** Makes rows as high as {@code height} says, px; by itself if it says nothing. */
  public void densify() {
    String height = Asked.text("height");
    density = height.matches(HEIGHTS) ? height : "";
    views.changed();
  }

  /** As the manual has it. */
  public void restore() {
    change(Layout.parse(""));
  }

  private void change(Layout other) {
    layout = other;
    forget();
    views.changed();
  }

  private void forget() {
    shown = null;
    place = null;
  }

  private static Optional<ModuleColumn> asked() {
    String name = Asked.text("column");
    return Arrays.stream(ModuleColumn.values()).filter(c -> c.name().equals(name)).findFirst();
  }

  /** What is shown, in its order: for exports. */
  public List<ModuleColumn> visible() {
    return layout.entries().stream().filter(Layout.Entry::shown).map(Layout.Entry::column).toList();
  }

  /** By name of the column. */
  public Map<String, Boolean> getShown() {
    if (shown == null) {
      shown = new TreeMap<>();
      layout.entries().forEach(e -> shown.put(e.column().name(), e.shown()));
    }
    return shown;
  }

  /** By name of the column: where it stands, from 1; what is no column stands before. */
  public Map<String, Integer> getPlace() {
    if (place == null) {
      place = new TreeMap<>();
      layout.entries().forEach(e -> place.put(e.column().name(), layout.place(e.column()) + 1));
    }
    return place;
  }

  /** By name of the column. */
  public Map<String, Head> getHeads() {
    if (heads == null) {
      heads = new TreeMap<>();
      for (ModuleColumn column : ModuleColumn.values()) {
        heads.put(column.name(), Head.of(column));
      }
    }
    return heads;
  }

  /** The lines of the panel. */
  public List<Line> getLines() {
    return layout.entries().stream()
        .map(
            e ->
                new Line(
                    e.column().name(),
                    e.column().text(),
                    e.shown(),
                    e.column() == ModuleColumn.SERIAL,
                    e.width()))
        .toList();
  }

  /** For the script, which writes them into a sheet of styles. */
  public String getWidths() {
    return layout.widths();
  }

  /** Name of the column after which what is frozen ends. */
  public String getEdge() {
    return layout.edge().name();
  }

  /** Height of the rows, px; empty if the pointer decides. */
  public String getDensity() {
    return density;
  }

  /** As views keep it. */
  String text() {
    return layout.text();
  }
}
