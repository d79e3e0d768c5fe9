package org.kvantenergo.view;

/** What the page can open with that nobody has to save. Stored by name. */
public enum Ready {
  /** As it was left. */
  LAST,
  /** «Как в инструкции»: every column, in the manual's order. */
  MANUAL,
  /** «Дежурный»: what somebody on duty looks at. */
  DUTY
}
