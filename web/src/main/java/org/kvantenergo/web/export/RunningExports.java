package org.kvantenergo.web.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The exports of this node that are under way, and for a while those that ended. Bounded: two of a
 * person, a few of the node, because each holds a connection and a thread.
 */
@ApplicationScoped
public class RunningExports {

  static final int OF_A_PERSON = 2;

  /** A browser that has taken nothing for so long does not hold a connection any longer. */
  static final Duration STUCK = Duration.ofMinutes(2);

  private static final Duration DONE_SHOWN = Duration.ofSeconds(8);
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int KEPT_MOST = 200;

  private final Clock clock;
  private final int ofTheNode;
  private final Map<Long, Export> exports = new LinkedHashMap<>();
  private long lastId;

  @Inject
  public RunningExports(
      Clock clock, @ConfigProperty(name = "kvant.exports.most", defaultValue = "4") int ofTheNode) {
    this.clock = clock;
    this.ofTheNode = ofTheNode;
  }

  /** For the proxies of CDI. */
  protected RunningExports() {
    this(null, 0);
  }

  /** A new one; under way unless there are too many already, which its state says then. */
  synchronized Export begin(Export.Owner owner, String fileName) {
    forgetOld();
    List<Export> running =
        exports.values().stream().filter(e -> e.getState().isUnderWay()).toList();
    long own = running.stream().filter(e -> e.owner().account() == owner.account()).count();
    Export.State state =
        own >= OF_A_PERSON
            ? Export.State.BUSY_PERSON
            : running.size() >= ofTheNode ? Export.State.BUSY_NODE : Export.State.WAITING;
    return add(owner, fileName, state);
  }

  /** One that ended before it began. */
  synchronized Export refused(Export.Owner owner, String fileName, Export.State why) {
    forgetOld();
    return add(owner, fileName, why);
  }

  private Export add(Export.Owner owner, String fileName, Export.State state) {
    Export export = new Export(++lastId, owner, fileName, clock.instant(), state);
    exports.put(export.getId(), export);
    return export;
  }

  /** What a session is to be told of, oldest first. */
  synchronized List<Export> of(String session) {
    forgetOld();
    return exports.values().stream().filter(e -> e.owner().session().equals(session)).toList();
  }

  /** Stops one of a session's exports that is under way, or forgets it. */
  void cancel(String session, long id) {
    Export export;
    synchronized (this) {
      export = exports.get(id);
      if (export == null || !export.owner().session().equals(session)) {
        return;
      }
      if (!export.getState().isUnderWay()) {
        exports.remove(id);
      }
    }
    export.cancel();
  }

  /**
   * Stops those that do not move any more, and those of sessions that are over.
   *
   * @param lives whether a session goes on
   */
  void stopLeftOver(Predicate<String> lives) {
    List<Export> running;
    synchronized (this) {
      running = exports.values().stream().filter(e -> e.getState().isUnderWay()).toList();
    }
    Instant stuck = clock.instant().minus(STUCK);
    for (Export export : running) {
      boolean sending = export.getState() == Export.State.RUNNING;
      if ((sending && export.movedAt().isBefore(stuck)) || !lives.test(export.owner().session())) {
        export.cancel();
      }
    }
  }

  private void forgetOld() {
    Instant now = clock.instant();
    exports.values().removeIf(export -> isOver(export, now));
    Iterator<Export> oldest = exports.values().iterator();
    while (exports.size() > KEPT_MOST && oldest.hasNext()) {
      if (!oldest.next().getState().isUnderWay()) {
        oldest.remove();
      }
    }
  }

  private static boolean isOver(Export export, Instant now) {
    Duration ago = Duration.between(export.movedAt(), now);
    return switch (export.getState()) {
      case WAITING, RUNNING -> false;
      case DONE -> ago.compareTo(DONE_SHOWN) > 0;
      case CANCELLED, FAILED, BUSY_PERSON, BUSY_NODE, TOO_MANY, NOTHING -> ago.compareTo(KEPT) > 0;
    };
  }
}
