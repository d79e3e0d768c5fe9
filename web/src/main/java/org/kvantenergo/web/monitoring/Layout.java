package org.kvantenergo.web.monitoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which columns are shown, in which order and how wide. As text, for views and links: empty is the
 * manual's, «DUTY» what somebody on duty looks at, else each column with its width and a minus
 * before it if it is hidden: «IMEI:121,-RSSI:68». A name that is not known is left out, a column
 * that is missing comes at the end: a view outlives the columns of its time.
 */
final class Layout implements Serializable {

  /** What somebody on duty looks at. */
  static final String DUTY = "DUTY";

  private static final long serialVersionUID = 1L;
  private static final int NEVER = 3;

  private final List<Entry> entries;
  private final boolean duty;

  /**
   * A column.
   *
   * @param column which
   * @param shown whether it is
   * @param width px
   */
  record Entry(ModuleColumn column, boolean shown, int width) implements Serializable {}

  private Layout(List<Entry> entries, boolean duty) {
    this.entries = entries;
    this.duty = duty;
  }

  static Layout parse(String text) {
    if (text.equals(DUTY)) {
      List<Entry> all = new ArrayList<>(fresh().values());
      all.replaceAll(e -> new Entry(e.column, shape(e).duty() < NEVER, e.width));
      return new Layout(all, true);
    }
    Map<ModuleColumn, Entry> missing = fresh();
    List<Entry> entries = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Entry entry = entry(part, missing);
      if (entry != null) {
        entries.add(entry);
      }
    }
    entries.addAll(missing.values());
    // What is frozen comes first, and the serial number is always to be seen.
    entries.sort((a, b) -> Boolean.compare(shape(b).frozen(), shape(a).frozen()));
    entries.replaceAll(
        e -> e.column == ModuleColumn.SERIAL ? new Entry(e.column, true, e.width) : e);
    return new Layout(entries, false);
  }

  private static Entry entry(String part, Map<ModuleColumn, Entry> missing) {
    boolean hidden = part.startsWith("-");
    String[] parts = (hidden ? part.substring(1) : part).split(":", -1);
    return Arrays.stream(ModuleColumn.values())
        .filter(column -> column.name().equals(parts[0]))
        .map(missing::remove)
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .map(e -> new Entry(e.column, !hidden, parts.length == 2 ? px(parts[1], e.width) : e.width))
        .orElse(null);
  }

  private static int px(String text, int otherwise) {
    return text.matches("[0-9]{1,4}") ? within(Integer.parseInt(text)) : otherwise;
  }

  private static int within(int px) {
    return Math.max(ColumnShape.NARROWEST, Math.min(ColumnShape.WIDEST, px));
  }

  private static Map<ModuleColumn, Entry> fresh() {
    Map<ModuleColumn, Entry> fresh = new EnumMap<>(ModuleColumn.class);
    for (ModuleColumn column : ModuleColumn.values()) {
      fresh.put(column, new Entry(column, true, ColumnShape.of(column).width()));
    }
    return fresh;
  }

  private static ColumnShape shape(Entry entry) {
    return ColumnShape.of(entry.column);
  }

  /** As text. */
  String text() {
    if (duty) {
      return DUTY;
    }
    String text =
        entries.stream()
            .map(e -> (e.shown ? "" : "-") + e.column + ":" + e.width)
            .collect(Collectors.joining(","));
    return text.equals(parse("").plain()) ? "" : text;
  }

  private String plain() {
    return entries.stream().map(e -> e.column + ":" + e.width).collect(Collectors.joining(","));
  }

  /** Shows or hides a column; the serial number stays. */
  Layout toggle(ModuleColumn column) {
    return changed(
        e ->
            e.column == column && column != ModuleColumn.SERIAL
                ? new Entry(column, !e.shown, e.width)
                : e);
  }

  /** Gives a column another width, which is kept within what can be read. */
  Layout widen(ModuleColumn column, int px) {
    return changed(e -> e.column == column ? new Entry(column, e.shown, within(px)) : e);
  }

  /** Moves a column past its neighbour; frozen ones stay among themselves. */
  Layout move(ModuleColumn column, boolean left) {
    List<Entry> moved = new ArrayList<>(entries);
    int at = place(column);
    int to = left ? at - 1 : at + 1;
    if (to < 0
        || to >= moved.size()
        || shape(moved.get(to)).frozen() != ColumnShape.of(column).frozen()) {
      return this;
    }
    Collections.swap(moved, at, to);
    return new Layout(moved, false);
  }

  private Layout changed(java.util.function.UnaryOperator<Entry> change) {
    List<Entry> changed = new ArrayList<>(entries);
    changed.replaceAll(change);
    return new Layout(changed, false);
  }

  /** All columns in their order. */
  List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** Where a column stands among all, from 0. */
  int place(ModuleColumn column) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).column == column) {
        return i;
      }
    }
    throw new IllegalStateException(column.name());
  }

  /** Whether it is what somebody on duty looks at, where some columns need a wide screen. */
  boolean duty() {
    return duty;
  }

  /** The last one that is frozen: a line is drawn after it. */
  ModuleColumn edge() {
    return entries.stream()
        .filter(e -> e.shown && shape(e).frozen())
        .reduce((a, b) -> b)
        .map(Entry::column)
        .orElse(ModuleColumn.SERIAL);
  }

  /** For the script: name and width of what is shown, and «w» behind what needs a wide screen. */
  String widths() {
    return entries.stream()
        .filter(Entry::shown)
        .map(
            e ->
                String.format(
                    Locale.ROOT,
                    "%s:%d%s",
                    e.column,
                    e.width,
                    duty && shape(e).duty() > 1 ? "w" : ""))
        .collect(Collectors.joining(" "));
  }
}
