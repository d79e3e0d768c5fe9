package org.kvantenergo.adapter.rehearsal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.Work;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.kvantenergo.adapter.AdapterLog;
import org.kvantenergo.adapter.Inflow;
import org.kvantenergo.adapter.delivery.Dispatcher;
import org.kvantenergo.adapter.delivery.EndpointDelivery;
import org.kvantenergo.adapter.delivery.Outcome;
import org.kvantenergo.adapter.delivery.Workers;
import org.kvantenergo.adapter.metrics.AdapterMeters;
import org.kvantenergo.adapter.net.Acceptor;
import org.kvantenergo.adapter.net.TimeLimits;
import org.kvantenergo.wire.RehearsalListener;

/**
 * One rehearsal: waits until modules are taken, then lets a crowd report to a port of its own on
 * the loopback address, through the same classes, into a bean that keeps nothing. Ends when the JIT
 * rests, when real modules report enough to do without it, after its time, or at the stop. Its
 * meters are nobody's. Any thread.
 */
public final class Rehearsal implements Work, Inflow {

  private static final long LOOK_MILLIS = 250;
  private static final long CLOSE_MILLIS = 1000;
  private static final int MODULES = 128;
  private static final int BATCH = 500;
  private static final int WAIT_MILLIS = 2;

  /** Real frames between two looks that warm by themselves: 200 a second. */
  private static final long ENOUGH_FRAMES = 50;

  private static final Method PREPARE = method("prepare", int.class);
  private static final Method FINISH = method("finish");

  private final long nanos;
  private final Real real;
  private final Supplier<Rest> resting;
  private final Workers workers;
  private final AdapterMeters meters = new AdapterMeters(new SimpleMeterRegistry());
  private final EndpointDelivery endpoint;
  private final Dispatcher dispatcher;
  private final Acceptor acceptor;
  private volatile Crowd crowd;
  private Rest rest;
  private long began;
  private long framesThen;
  private boolean over;

  /** What it makes way for. */
  public interface Real {

    /** Whether modules are taken. */
    boolean open();

    /** Frames that came from them so far. */
    long frames();
  }

  /** Why it ended. */
  enum End {
    SETTLED("the code has settled"),
    TRAFFIC("modules report themselves"),
    TIME("its time is up"),
    REFUSED("it was refused"),
    STOP("the server stops");

    private final String text;

    End(String text) {
      this.text = text;
    }
  }

  /**
   * Nothing runs yet.
   *
   * @param seconds the longest it may take, 1 or more
   * @throws UnavailableException if the server has no timer to give
   */
  public Rehearsal(BootstrapContext context, MessageEndpointFactory factory, int seconds, Real real)
      throws UnavailableException {
    this(context, factory, seconds, real, Rest::ofThisMachine);
  }

  Rehearsal(
      BootstrapContext context,
      MessageEndpointFactory factory,
      int seconds,
      Real real,
      Supplier<Rest> resting)
      throws UnavailableException {
    this.resting = resting;
    this.nanos = TimeUnit.SECONDS.toNanos(seconds);
    this.real = real;
    workers = new Workers(context);
    var registry = context.getTransactionSynchronizationRegistry();
    endpoint = new EndpointDelivery(factory, registry);
    dispatcher =
        new Dispatcher(
            new Dispatcher.Settings("rehearsal", 1, BATCH, WAIT_MILLIS),
            factory,
            registry,
            workers,
            Clock.systemUTC(),
            meters);
    acceptor =
        new Acceptor(
            new Acceptor.Settings(
                "127.0.0.1", 0, null, "rehearsal", 2 * MODULES, 2 * MODULES, TimeLimits.PROTOCOL),
            dispatcher,
            Clock.systemUTC(),
            meters);
  }

  @Override
  public void start() {
    workers.later(this, LOOK_MILLIS);
  }

  /** One look a quarter of a second. */
  @Override
  public void run() {
    if (crowd != null) {
      look();
    } else if (real.open()) {
      begin();
    }
    synchronized (this) {
      if (!over) {
        workers.later(this, LOOK_MILLIS);
      }
    }
  }

  @Override
  public void release() {
    // The stop ends it.
  }

  private void begin() {
    Outcome<Boolean> prepared = call(PREPARE, bean -> bean.prepare(MODULES));
    synchronized (this) {
      if (over) {
        return;
      }
      try {
        if (prepared instanceof Outcome.Failed<Boolean> failed) {
          throw new IOException(Dispatcher.root(failed.cause()), failed.cause());
        }
        acceptor.open();
      } catch (IOException e) {
        AdapterLog.NOT_REHEARSED.say(e.getMessage());
        stop();
        return;
      }
      began = System.nanoTime();
      framesThen = real.frames();
      rest = resting.get();
      crowd = new Crowd(acceptor.port());
      crowd.come(MODULES);
    }
  }

  private synchronized void look() {
    if (over) {
      return;
    }
    long frames = real.frames();
    if (crowd.wasRefused()) {
      end(End.REFUSED);
    } else if (frames - framesThen >= ENOUGH_FRAMES) {
      end(End.TRAFFIC);
    } else if (rest.reached()) {
      end(End.SETTLED);
    } else if (System.nanoTime() - began >= nanos) {
      end(End.TIME);
    }
    framesThen = frames;
  }

  /** Waits for no more than a few seconds. */
  @Override
  public synchronized void stop() {
    if (!over) {
      end(End.STOP);
    }
  }

  private void end(End why) {
    over = true;
    boolean idle = false;
    try {
      if (crowd != null) {
        crowd.close(CLOSE_MILLIS);
        acceptor.close(CLOSE_MILLIS);
      }
      idle = dispatcher.stop(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (crowd != null) {
      // What a database that hangs leaves behind is taken away by the next start.
      if (idle) {
        call(FINISH, RehearsalListener::finish);
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
      AdapterLog.REHEARSED.say(seconds, crowd.records(), why.text);
    }
    endpoint.close();
    workers.close();
    meters.close();
  }

  private Outcome<Boolean> call(Method method, Consumer<RehearsalListener> what) {
    return endpoint.call(
        method,
        bean -> {
          what.accept((RehearsalListener) bean);
          return true;
        });
  }

  private static Method method(String name, Class<?>... parameters) {
    try {
      return RehearsalListener.class.getMethod(name, parameters);
    } catch (NoSuchMethodException e) {
      throw new LinkageError("RehearsalListener has no " + name, e);
    }
  }
}
