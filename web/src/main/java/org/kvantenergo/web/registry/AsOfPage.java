package org.kvantenergo.web.registry;

import java.time.Instant;
import org.kvantenergo.web.format.Moment;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.grid.Line;

/**
 * A page of the register that shows how things were at a moment, or are now.
 *
 * @param <L> the line
 */
public abstract class AsOfPage<L extends Line> extends SearchedPage<L> {

  private static final long serialVersionUID = 1L;

  private final Form asked = new Form();
  private Instant at;

  /** The address may say what to look for: {@code text}. */
  protected void beginByAddress() {
    viewer().scope();
    searchFor(Asked.text("text"));
  }

  /** The moment is typed as the viewer's local time; an empty field is now. */
  @Override
  protected boolean understood() {
    asked.look();
    Instant typed = asked.moment("at", viewer().zone(), null);
    if (asked.ok()) {
      at = typed;
    }
    return asked.ok();
  }

  /** The field with the moment. */
  public Form getAsked() {
    return asked;
  }

  /** The moment that is shown; empty if that is now. */
  public String getAt() {
    return at == null ? "" : Moment.of(at, viewer().zone(), today()).text();
  }

  /** The moment that was asked for; null for now. */
  protected Instant asOf() {
    return at;
  }

  /** Which moment the list is about. */
  protected Instant moment() {
    return at == null ? clock().instant() : at;
  }
}
