package org.kvantenergo.adapter.fuzz;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A session as a device and its surroundings play it. At the end storage answers all that waits and
 * the peer is gone.
 *
 * @param keyed whether the device has a key
 * @param full whether the server has no room
 * @param firstSeq of the device's first frame
 * @param leavesFirst whether the peer is gone before storage has answered what waits at the end
 * @param steps what happens before
 */
record Script(boolean keyed, boolean full, int firstSeq, boolean leavesFirst, List<Step> steps) {
  @Override
  public String toString() {
    return "a session%s%s from seq %d, %s%n"
            .formatted(
                keyed ? " with a key" : "",
                full ? " on a full server" : "",
                firstSeq,
                leavesFirst ? "the peer leaves first" : "storage answers all at the end")
        + steps.stream().map(step -> "  " + step).collect(Collectors.joining("\n"));
  }
}
