package org.kvantenergo.web.monitoring;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.kvantenergo.web.grid.Asked;

/** The panel at the right of the tables: one at a time. */
@Named("side")
@ViewScoped
public class SideView implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private FilterForm form;

  private Panel panel = Panel.NONE;

  /** What it shows. */
  public enum Panel {
    /** It is shut. */
    NONE,
    /** «Отбор по столбцам». */
    FILTER,
    /** «Столбцы». */
    COLUMNS,
    /** What was found of many numbers. */
    FOUND
  }

  /** Shows the panel {@code panel}, or shuts it if it is the one that is shown. */
  public void turn() {
    String asked = Asked.text("panel");
    Panel next = asked.matches("FILTER|COLUMNS|FOUND") ? Panel.valueOf(asked) : Panel.NONE;
    show(next == panel ? Panel.NONE : next);
  }

  void show(Panel other) {
    panel = other;
    if (panel == Panel.FILTER) {
      form.fill();
    }
  }

  public Panel getPanel() {
    return panel;
  }

  public boolean isOpened() {
    return panel != Panel.NONE;
  }
}
