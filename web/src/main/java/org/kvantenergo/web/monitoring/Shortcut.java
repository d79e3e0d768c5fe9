package org.kvantenergo.web.monitoring;

/**
 * The keys of the monitoring page: what «Клавиши» lists, what stands in the menus, and what the
 * script listens for. A combination names keys by their place ({@code event.code}), so that the
 * Russian layout does the same.
 */
public enum Shortcut {
  /** The first menu. */
  MENU("F10", "F10", ""),
  /** Next part of the page; with Shift the one before. */
  REGION("F6", "F6", ""),
  /** From cell to cell. */
  CELL("←↑↓→", "", ""),
  /** From the first row to the headers. */
  HEAD("↑", "", ""),
  /** Sorts by the header with the focus; with Ctrl beside the other keys. */
  SORT("Enter · Ctrl Enter", "", ""),
  /** Width of the column whose header has the focus. */
  WIDTH("Shift ← · Shift →", "", ""),
  /** Ticks a row. */
  TICK("Space", "", ""),
  /** Ticks up to a row. */
  RANGE("Shift Space", "", ""),
  /** Ticks all that the filter lists. */
  ALL("Ctrl A", "Ctrl+KeyA", "all"),
  /** To the lower table. */
  LOWER("Enter", "", ""),
  /** To the box for a number. */
  FIND("Ctrl F", "Ctrl+KeyF", "find"),
  /** «Инструменты → Команды». */
  COMMAND("Alt K", "Alt+KeyK", "command"),
  /** «Экспорт». */
  EXPORT("Ctrl Shift E", "Ctrl+Shift+KeyE", "export"),
  /** Back: out of the lower table, of a panel, of what was found. */
  BACK("Esc", "", ""),
  /** This list. */
  KEYS("?", "Shift+Slash", "keys");

  private final String label;
  private final String combination;
  private final String action;

  Shortcut(String label, String combination, String action) {
    this.label = label;
    this.combination = combination;
    this.action = action;
  }

  /** As people read it. */
  public String getLabel() {
    return label;
  }

  /** As the script reads it; empty if the tables listen for it themselves. */
  public String getCombination() {
    return combination;
  }

  /** What the script does then; empty if the tables do it themselves. */
  public String getAction() {
    return action;
  }

  /** Key of what it does. */
  public String getText() {
    return "keys." + name();
  }
}
