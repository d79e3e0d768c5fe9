package org.kvantenergo.simulator.dialogue;

import java.util.List;
import java.util.Map;

/**
 * A packet as a script writes it, variables not yet filled in.
 *
 * @param form which packet
 * @param device name of the device that HELLO or RELAY is about; empty = none
 * @param values fields and options by name; an option without a value has an empty one
 * @param records of READINGS, each its fields
 * @param arguments of a COMMAND; null = not said
 * @param inner of RELAY; null = none
 */
record Message(
    Form form,
    String device,
    Map<String, String> values,
    List<Map<String, String>> records,
    Form arguments,
    Message inner) {

  /** Whether an option is set. */
  boolean is(String option) {
    return values.containsKey(option);
  }
}
