package org.kvantenergo.it.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What axe-core says of a page as it stands, by WCAG 2.1, levels A and AA. The script comes by the
 * debugger and not by the page: the page's policy stays as people have it.
 */
final class Axe {

  private static final String SCRIPT = script();

  private static final List<String> LEVELS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa");
  private static final List<String> COLOURS = List.of("color-contrast", "link-in-text-block");

  /** What lies over a page that is a scene of its own: then it alone is looked at. */
  static final String OPENED = "'dialog[open], .pop.open, #drawer[data-opened=true]'";

  private static final String RUN =
      """
      async only => {
        const found = await axe.run(document.querySelector(%s) || document, {
          runOnly: only, resultTypes: ['violations'], preload: false});
        return found.violations
          .filter(v => v.impact === 'serious' || v.impact === 'critical')
          .flatMap(v => v.nodes.map(n => v.id + ' ' + n.target.join(' ') + ' '
            + n.html.slice(0, 100) + (n.any[0] ? ' ' + n.any[0].message : '')));
      }
      """
          .formatted(OPENED);

  private Axe() {}

  /** Findings that are serious or critical: rule, selector, element and what is wrong of each. */
  static List<String> serious(Page page) {
    return run(page, Map.of("type", "tag", "values", LEVELS));
  }

  /** The same of colours alone: what another theme changes of a page that was looked at. */
  static List<String> colours(Page page) {
    return run(page, Map.of("type", "rule", "values", COLOURS));
  }

  @SuppressWarnings("unchecked")
  private static List<String> run(Page page, Map<String, Object> only) {
    if (!(boolean) page.evaluate("'axe' in window")) {
      page.evaluate(SCRIPT + ";0");
    }
    return (List<String>) page.evaluate(RUN, only);
  }

  private static String script() {
    try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
