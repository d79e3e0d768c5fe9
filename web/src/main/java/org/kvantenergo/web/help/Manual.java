package org.kvantenergo.web.help;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The manual as a page shows it. Its text is ours and part of the build: HTML in it is taken as it
 * is.
 *
 * @param chapters in their order
 * @param html the whole text, without the title
 */
public record Manual(List<Chapter> chapters, String html) {

  /** A chapter begins with an anchor and, after an empty line, its heading. */
  private static final Pattern CHAPTER =
      Pattern.compile("(?m)^<a id=\"([a-z-]+)\"></a>\\R\\R## (.+)$");

  private static final Pattern TITLE = Pattern.compile("\\A# .+\\R");
  private static final Pattern PICTURES = Pattern.compile("(<img src=\")images/manual/");

  /**
   * A chapter.
   *
   * @param anchor of its beginning; those about a page are named like its file
   * @param title its heading
   */
  public record Chapter(String anchor, String title) {}

  /**
   * From its text.
   *
   * @param markdown as it stands in docs/manual-ru.md
   * @param pictures address of the folder with its pictures, with a slash at its end
   */
  static Manual of(String markdown, String pictures) {
    List<Chapter> chapters = new ArrayList<>();
    Matcher chapter = CHAPTER.matcher(markdown);
    while (chapter.find()) {
      chapters.add(new Chapter(chapter.group(1), chapter.group(2)));
    }
    List<Extension> extensions = List.of(TablesExtension.create());
    Node text =
        Parser.builder()
            .extensions(extensions)
            .build()
            .parse(TITLE.matcher(markdown).replaceFirst(""));
    String html = HtmlRenderer.builder().extensions(extensions).build().render(text);
    String shown = PICTURES.matcher(html).replaceAll("$1" + Matcher.quoteReplacement(pictures));
    return new Manual(List.copyOf(chapters), shown);
  }
}
