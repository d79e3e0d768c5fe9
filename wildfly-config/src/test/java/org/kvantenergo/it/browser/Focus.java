package org.kvantenergo.it.browser;

import com.microsoft.playwright.Page;
import java.util.List;

/** Whether somebody who goes by keyboard sees where they are. */
final class Focus {

  /** A field of files is seen by its label, a field of the sign-in pages by the box around it. */
  private static final String RING =
      """
      e => {
        const shown = e.matches('.quiet') ? e.labels[0] : e.matches('.in > input, .num > input') ? e.parentNode : e;
        const style = getComputedStyle(shown);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
      }
      """;

  private static final String UNSEEN =
      """
      () => {
        const ring = %s;
        const part = document.querySelector(%s) || document;
        return [...part.querySelectorAll('a[href],button,input,select,textarea,[tabindex]')]
          .filter(e => {
            if (e.tabIndex < 0 || e.disabled || !e.checkVisibility({visibilityProperty: true})) return false;
            e.focus({preventScroll: true});
            return document.activeElement !== e || !ring(e);
          })
          .map(e => e.outerHTML.slice(0, 120));
      }
      """
          .formatted(RING, Axe.OPENED);

  private Focus() {}

  /** Every stop of Tab that shows no ring when it has the focus. */
  @SuppressWarnings("unchecked")
  static List<String> unseen(Page page) {
    // Browsers show a ring only to who uses keys.
    page.keyboard().press("Shift");
    page.keyboard().press("Tab");
    return (List<String>) page.evaluate(UNSEEN);
  }

  /** Whether what has the focus now shows it. */
  static boolean isSeen(Page page) {
    return (boolean) page.evaluate("() => (" + RING + ")(document.activeElement)");
  }
}
