package org.kvantenergo.adapter.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.kvantenergo.wire.EndReason;
import org.kvantenergo.wire.Reply;
import org.kvantenergo.wire.packet.HelloAck;
import org.kvantenergo.wire.packet.Reject;

/**
 * All meters of one activation, from the first to {@link #close()}. Every value that a label can
 * have is there from the start, at 0: a rate has something to begin with, and a peer cannot invent
 * new ones.
 */
public final class AdapterMeters implements AutoCloseable {

  private static final Duration[] BUCKETS =
      List.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000).stream()
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);
  private static final double[] RECORDS = {1, 2, 5, 10, 20, 50, 100, 200, 500};

  private final MeterRegistry registry;
  private final List<Meter> own = new CopyOnWriteArrayList<>();
  private final Map<Port, AtomicInteger> ports = new ConcurrentHashMap<>();
  private final Map<EndReason, Counter> ended;
  private final Map<Refusal, Counter> refused;
  private final Map<HelloAck.Result, Counter> greeted;
  private final Map<FrameKind, Counter> frames;
  private final Map<Reject.Reason, Counter> rejects;
  private final Map<Reply.Kind, Counter> kept;
  private final Timer acks;
  private final Timer admissions;
  private final Timer commits;
  private final Timer stored;
  private final Timer failed;
  private final DistributionSummary records;

  /** A port for modules. */
  public enum Port {
    PLAIN,
    TLS
  }

  /** Why a connection was closed before it was a session. */
  public enum Refusal {
    /** Twice as many sessions as the node takes. */
    NODE_FULL,
    /** Too many from one IP address. */
    ADDRESS_FULL
  }

  /** Registers everything but ports and lanes, which are there when they are. */
  public AdapterMeters(MeterRegistry registry) {
    this.registry = registry;
    ended = counters(EndReason.class, "kvant.sessions.ended", "Sessions that ended", "reason");
    refused =
        counters(
            Refusal.class,
            "kvant.connections.refused",
            "Connections that were closed before a word",
            "cause");
    greeted =
        counters(
            HelloAck.Result.class, "kvant.hello.answers", "HELLO_ACKs that went out", "result");
    frames = counters(FrameKind.class, "kvant.frames", "Frames that came", "type");
    rejects =
        counters(
            Reject.Reason.class,
            "kvant.rejects",
            "REJECTs that went out",
            "code",
            reason -> Integer.toString(reason.code()));
    kept =
        counters(
            Reply.Kind.class,
            "kvant.records",
            "Records of frames that were new, all stored before, or of a blocked block",
            "outcome");
    acks = timer("kvant.ack", "From a frame to its ACK, the commit between them");
    admissions =
        timer("kvant.admission", "One call into the bean with the HELLOs of many sessions");
    commits = timer("kvant.commit", "The commit of a batch alone");
    stored = batch("stored");
    failed = batch("failed");
    records =
        keep(
            DistributionSummary.builder("kvant.batch.records")
                .description("Records and other packets of a batch")
                .serviceLevelObjectives(RECORDS)
                .register(registry));
  }

  /** Says how many connections of modules are open. */
  public void sessions(Supplier<Number> open) {
    gauge("kvant.sessions.open", "Connections of modules that are open", open);
  }

  /** Says whether a port is open; it is shut until {@link #open(Port, boolean)}. */
  public void port(Port port) {
    AtomicInteger open = ports.computeIfAbsent(port, p -> new AtomicInteger());
    gauge("kvant.port.open", "1 while modules are taken on the port", open::get, "port", of(port));
  }

  /** A port opened or closed. */
  public void open(Port port, boolean open) {
    ports.computeIfAbsent(port, p -> new AtomicInteger()).set(open ? 1 : 0);
  }

  /**
   * Watches a lane.
   *
   * @param name its label
   * @param waiting records that wait in it
   * @param unmoved for how long it has had work without finishing a batch, s; 0 = it moves or has
   *     none
   * @return counts the time it is busy
   */
  public Counter lane(String name, Supplier<Number> waiting, Supplier<Number> unmoved) {
    gauge("kvant.lane.waiting", "Records and packets that wait in a lane", waiting, "lane", name);
    gauge(
        "kvant.lane.unmoved.seconds",
        "For how long a lane has had work without finishing a batch",
        unmoved,
        "lane",
        name);
    return keep(
        Counter.builder("kvant.lane.busy.seconds")
            .description("Time in which a lane carried batches")
            .tag("lane", name)
            .register(registry));
  }

  /** A session ended. */
  public void ended(EndReason reason) {
    ended.get(reason).increment();
  }

  /** A connection was not taken. */
  public void refused(Refusal cause) {
    refused.get(cause).increment();
  }

  /** A HELLO was answered. */
  public void greeted(HelloAck.Result result) {
    greeted.get(result).increment();
  }

  /** A frame came. */
  public void frame(FrameKind kind) {
    frames.get(kind).increment();
  }

  /** Frames that came so far. */
  public long frames() {
    return (long) frames.values().stream().mapToDouble(Counter::count).sum();
  }

  /** A frame was rejected, or the one inside a RELAY. */
  public void rejected(Reject.Reason reason) {
    rejects.get(reason).increment();
  }

  /** Records of a frame have got their answer. */
  public void records(Reply.Kind outcome, int count) {
    kept.get(outcome).increment(count);
  }

  /** From a whole frame to its ACK. */
  public Timer acks() {
    return acks;
  }

  /** One call of {@code admit}. */
  public Timer admissions() {
    return admissions;
  }

  /** The commit of a batch alone. */
  public Timer commits() {
    return commits;
  }

  /**
   * A batch has been carried into the bean.
   *
   * @param committed whether it is stored
   * @param nanos the call, its commit included
   * @param weight records and other packets in it
   */
  public void batch(boolean committed, long nanos, int weight) {
    (committed ? stored : failed).record(Duration.ofNanos(nanos));
    records.record(weight);
  }

  /** Takes all of them out of the registry: the next activation brings its own. */
  @Override
  public void close() {
    own.forEach(registry::remove);
    own.clear();
  }

  private Timer batch(String outcome) {
    return timer(
        "kvant.batch", "One batch, from the call into the bean to its end", "outcome", outcome);
  }

  private Timer timer(String name, String help, String... tags) {
    return keep(
        Timer.builder(name)
            .description(help)
            .tags(tags)
            .serviceLevelObjectives(BUCKETS)
            .register(registry));
  }

  private void gauge(String name, String help, Supplier<Number> value, String... tags) {
    keep(Gauge.builder(name, value).description(help).tags(tags).register(registry));
  }

  private <E extends Enum<E>> Map<E, Counter> counters(
      Class<E> values, String name, String help, String label) {
    return counters(values, name, help, label, AdapterMeters::of);
  }

  private <E extends Enum<E>> Map<E, Counter> counters(
      Class<E> values, String name, String help, String label, Function<E, String> shown) {
    Map<E, Counter> counters = new EnumMap<>(values);
    for (E value : values.getEnumConstants()) {
      Counter.Builder counter =
          Counter.builder(name).description(help).tag(label, shown.apply(value));
      counters.put(value, keep(counter.register(registry)));
    }
    return counters;
  }

  private <M extends Meter> M keep(M meter) {
    own.add(meter);
    return meter;
  }

  private static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
