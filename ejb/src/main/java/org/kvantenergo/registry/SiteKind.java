package org.kvantenergo.registry;

/** What a site is, from the top down: one stands below any that comes before it here. */
public enum SiteKind {
  /** A country. */
  COUNTRY,
  /** A region. */
  REGION,
  /** A town or village. */
  SETTLEMENT,
  /** A street; its name brings its own word with it. */
  STREET,
  /** A house, with its building. */
  HOUSE,
  /** An entrance. */
  ENTRANCE,
  /** A flat, office or shop. */
  FLAT
}
