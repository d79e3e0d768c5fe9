package org.kvantenergo.adapter.delivery;

/** When a delivery wants to be stored. */
public enum Urgency {
  /** Now: somebody waits, or what follows needs it. */
  PROMPT,
  /** With the next batch, or after a moment without one. */
  PATIENT,
  /** Behind all others, with those who send much. */
  BULK
}
