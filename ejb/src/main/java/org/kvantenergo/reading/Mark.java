package org.kvantenergo.reading;

/**
 * What is odd about a record that was stored all the same. Stored as a bit, but for {@link
 * #CONFLICT}, which is seen when the record is read.
 */
public enum Mark {
  /** Module's clock before 2015 or more than 5 min ahead of the server. */
  CLOCK(1),
  /** The reading is called valid, but is NaN, infinite or negative. */
  READING(2),
  /** Resource, temperature or battery is NaN or infinite. */
  VALUE(4),
  /** There is another record with the same number and time, but other content. */
  CONFLICT(8);

  private final int bit;

  Mark(int bit) {
    this.bit = bit;
  }

  /** The bit in the stored mask. */
  public int bit() {
    return bit;
  }
}
