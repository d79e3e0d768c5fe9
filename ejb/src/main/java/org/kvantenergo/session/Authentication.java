package org.kvantenergo.session;

/** Whether the frames of a session carry a tag. Stored by name. */
public enum Authentication {
  /** The HELLO carried none. */
  NONE,
  /** The HELLO carried one that we hold no key for. */
  UNCHECKED,
  /** Every frame carries one, and it is checked. */
  CHECKED
}
