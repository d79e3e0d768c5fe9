package org.kvantenergo.adapter.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.kvantenergo.adapter.fuzz.Server.Due;
import org.kvantenergo.adapter.fuzz.Server.Ending;
import org.kvantenergo.adapter.fuzz.Server.Fate;
import org.kvantenergo.adapter.fuzz.Server.Verdict;

/**
 * Plays a script to a server and to the oracle alike, and compares after every byte that arrives
 * and every outcome what the two did.
 */
final class Rehearsal {

  /** A server for a session. */
  interface Cast {
    /** {@code full}: it has no room. */
    Server server(Surroundings surroundings, boolean full);
  }

  private static final int FIRST_COMMAND = 100;
  private static final int MOST_PIECES = 70;

  private final Script script;
  private final Peer peer;
  private final Trace expected = new Trace();
  private final Trace actual = new Trace();
  private final Server oracle;
  private final Server server;
  private final List<Integer> waiting = new ArrayList<>();
  private final StringBuilder transcript;
  private int requests;
  private int admitted;
  private boolean commandable;
  private int commands = FIRST_COMMAND;

  private Rehearsal(Script script, Cast cast, StringBuilder transcript) {
    this.script = script;
    this.transcript = transcript;
    peer = new Peer(script.keyed(), script.firstSeq());
    oracle = new Model(expected, script.full());
    server = cast.server(actual, script.full());
  }

  /** Whether the server does anything else than the oracle. */
  static boolean differs(Script script, Cast cast) {
    return new Rehearsal(script, cast, null).differs();
  }

  /** What happened up to the first difference, what should have, and what the server did. */
  static String transcript(Script script, Cast cast) {
    StringBuilder transcript = new StringBuilder();
    new Rehearsal(script, cast, transcript).differs();
    return transcript.toString();
  }

  private boolean differs() {
    try {
      play();
      return false;
    } catch (Difference e) {
      return true;
    }
  }

  private static final class Difference extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Difference() {
      super(null, null, false, false);
    }
  }

  private void play() {
    for (Step step : script.steps()) {
      line("", step);
      play(step);
    }
    line("", "the end");
    both(s -> s.pressed(false));
    if (script.leavesFirst()) {
      both(s -> s.interrupted(Ending.PEER_CLOSED));
    }
    admit(new Step.Admit(Verdict.ACCEPTED, 0));
    while (!waiting.isEmpty()) {
      store(new Step.Store(0, Fate.STORED, 0, 0));
    }
    both(s -> s.interrupted(Ending.PEER_CLOSED));
  }

  private void play(Step step) {
    if (step instanceof Step.Say say) {
      for (int i = 0; i < say.times(); i++) {
        arrives(peer.say(say), say.piece());
      }
    } else if (step instanceof Step.Noise noise) {
      arrives(peer.say(noise), 0);
    } else if (step instanceof Step.Admit admit) {
      admit(admit);
    } else if (step instanceof Step.Store store) {
      store(store);
    } else if (step instanceof Step.Press press) {
      both(s -> s.pressed(press.on()));
    } else if (step instanceof Step.Interrupt interrupt) {
      both(s -> s.interrupted(interrupt.ending()));
    }
  }

  private void arrives(byte[] bytes, int piece) {
    int most = piece == 0 ? Math.max(1, bytes.length) : Math.max(piece, bytes.length / MOST_PIECES);
    for (int from = 0; from < bytes.length; from += most) {
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(from + most, bytes.length));
      line("    > ", part);
      both(s -> s.received(part));
    }
  }

  private void admit(Step.Admit admit) {
    if (admitted == expected.admissions()) {
      return;
    }
    admitted++;
    commandable = admit.verdict() == Verdict.ACCEPTED;
    byte[] key = admit.verdict() == Verdict.FAILED ? null : peer.key();
    both(s -> s.admitted(admit.verdict(), admit.retryAfter(), key));
  }

  /** Storage never says of a block what it cannot say, nor of a device that gets no commands. */
  private void store(Step.Store store) {
    if (waiting.isEmpty()) {
      return;
    }
    int request = waiting.remove(store.which() % waiting.size());
    Trace.Asked asked = expected.asked().get(request);
    boolean once = asked.type() == Grammar.INFO || asked.type() == Grammar.PING;
    boolean impossible =
        (store.fate() == Fate.BLOCK_BLOCKED && asked.block() == 0)
            || (store.fate() == Fate.STORED_BEFORE && once);
    Fate fate = impossible ? Fate.STORED : store.fate();
    boolean commands = commandable && (fate == Fate.STORED || fate == Fate.STORED_BEFORE);
    List<Due> due = commands ? due(asked, store.commands()) : List.of();
    both(s -> s.stored(request, fate, commands ? store.pending() : 0, due));
  }

  /** At most one for a device; a PING brings those of a station's blocks besides its own. */
  private List<Due> due(Trace.Asked asked, int count) {
    List<Due> due = new ArrayList<>();
    int most = asked.type() == Grammar.PING ? count : Math.min(count, 1);
    for (int i = 0; i < most; i++) {
      long block = asked.type() == Grammar.PING ? i * 5L : asked.block();
      byte[] arguments = new byte[commands % 3];
      Arrays.fill(arguments, (byte) commands);
      due.add(new Due(block, commands, 1 + commands % 6, arguments));
      commands++;
    }
    return due;
  }

  private void both(Consumer<Server> event) {
    event.accept(oracle);
    RuntimeException thrown = null;
    try {
      event.accept(server);
    } catch (RuntimeException e) {
      thrown = e;
    }
    if (thrown == null && expected.quiet() && actual.quiet()) {
      return;
    }
    List<List<String>> right = expected.take();
    List<List<String>> found = actual.take();
    right.forEach(column -> column.forEach(line -> line("    ", line)));
    if (thrown != null || !found.equals(right)) {
      line("  but the server", "");
      found.forEach(column -> column.forEach(line -> line("    ", line)));
      line("    throws ", thrown);
      throw new Difference();
    }
    for (; requests < expected.asked().size(); requests++) {
      waiting.add(requests);
    }
  }

  private void line(String indent, Object what) {
    if (transcript != null && what != null) {
      transcript.append(indent);
      transcript.append(what instanceof byte[] bytes ? Octets.hex(bytes) : what).append('\n');
    }
  }
}
