package org.kvantenergo.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;

/**
 * Somebody without a mouse: reaches things by Tab alone, and sees where they are.
 *
 * @param page the page that they look at
 */
record Keys(Page page) {

  private static final int MOST_STOPS = 150;

  private static final String HERE =
      "([selector, text]) => document.activeElement.matches(selector)"
          + " && document.activeElement.textContent.includes(text)";

  /** Goes on by Tab until something has the focus; it shows that. */
  Keys to(String selector) {
    return to(selector, "");
  }

  /** The same, to one that has a text in it. */
  Keys to(String selector, String text) {
    for (int stop = 0; stop < MOST_STOPS; stop++) {
      if ((boolean) page.evaluate(HERE, new String[] {selector, text})) {
        assertThat(Focus.isSeen(page)).as("%s shows that it has the focus", selector).isTrue();
        return this;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError("Tab never comes to " + selector + " " + text);
  }

  /** Presses keys, one after another. */
  Keys press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
    return this;
  }

  /** Writes into a field, in place of what stands there. */
  Keys write(String field, String text) {
    to(field).press("Control+a");
    page.keyboard().type(text);
    return this;
  }
}
