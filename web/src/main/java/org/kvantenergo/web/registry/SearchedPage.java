package org.kvantenergo.web.registry;

import org.kvantenergo.web.grid.Line;
import org.kvantenergo.web.grid.ListPage;

/**
 * A page of the register: a list with a field that it is searched by.
 *
 * @param <L> the line
 */
public abstract class SearchedPage<L extends Line> extends ListPage<L> {

  private static final long serialVersionUID = 1L;

  private String text = "";
  private String searched = "";

  /** What is typed into the fields is looked for; the first of what is found is chosen. */
  public void search() {
    if (understood()) {
      searchFor(text);
      getList().moveTo(0);
      guarded(this::selectFirst);
    }
  }

  /** The list is about a text from now on. */
  protected void searchFor(String wanted) {
    text = wanted == null ? "" : wanted;
    searched = text.strip();
  }

  /** Whether what is typed beside the text makes sense; then it holds from now on. */
  protected boolean understood() {
    return true;
  }

  public String getText() {
    return text;
  }

  public void setText(String typed) {
    text = typed;
  }

  /** What the list was searched for; empty for all. */
  public String getSearched() {
    return searched;
  }

  /** From what the register says to what the viewer sees. */
  Lines lines() {
    return new Lines(viewer().getLocale(), viewer().zone(), clock());
  }
}
