package org.kvantenergo.audit;

import java.time.Instant;

/**
 * Which rows are listed.
 *
 * @param from first moment; null = from the beginning
 * @param until first moment that is not listed any more; null = to the end
 * @param login of whom, whole; empty = of anybody
 * @param action what; null = anything
 * @param text in object, before or after, whatever the case; empty = anything
 */
public record AuditFilter(
    Instant from, Instant until, String login, AuditAction action, String text) {

  /** Everything. */
  public static final AuditFilter ALL = new AuditFilter(null, null, "", null, "");
}
