package org.kvantenergo.web.audit;

import java.util.List;
import org.kvantenergo.web.format.Moment;

/**
 * A row of the page.
 *
 * @param number in the chain
 * @param at when
 * @param who login; empty if nobody who is known
 * @param organisation of who acted
 * @param address from where
 * @param action key of its text
 * @param tone style of the action: da = refused or failed
 * @param object what it was done to
 * @param changes what became of what, one a line
 */
public record AuditLine(
    String number,
    Moment at,
    String who,
    String organisation,
    String address,
    String action,
    String tone,
    String object,
    List<Change> changes) {

  /**
   * A value that changed, appeared or went.
   *
   * @param name of the value
   * @param before empty if there was none
   * @param after empty if there is none any more
   */
  public record Change(String name, String before, String after) {}
}
