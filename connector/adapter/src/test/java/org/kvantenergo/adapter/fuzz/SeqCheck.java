package org.kvantenergo.adapter.fuzz;

import java.util.HashSet;
import java.util.Set;

/**
 * Which uplink seq may come next under AUTH: the one after the last, and, for every frame with a
 * bad CRC since then, one more, because nobody knows whether it is repeated or left behind.
 */
final class SeqCheck {

  private final Set<Integer> allowed = new HashSet<>();
  private int furthest;

  void begin(int helloSeq) {
    allowed.clear();
    allow(after(helloSeq));
  }

  void damaged() {
    allow(after(furthest));
  }

  boolean follows(int seq) {
    boolean right = allowed.contains(seq);
    if (right) {
      begin(seq);
    }
    return right;
  }

  private void allow(int seq) {
    furthest = seq;
    allowed.add(seq);
  }

  static int after(int seq) {
    return seq == 65_535 ? 1 : seq + 1;
  }
}
