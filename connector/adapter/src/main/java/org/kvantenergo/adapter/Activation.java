package org.kvantenergo.adapter;

import io.micrometer.core.instrument.Metrics;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.Work;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.kvantenergo.adapter.delivery.Dispatcher;
import org.kvantenergo.adapter.delivery.Workers;
import org.kvantenergo.adapter.metrics.AdapterMeters;
import org.kvantenergo.adapter.metrics.AdapterMeters.Port;
import org.kvantenergo.adapter.net.Acceptor;

/**
 * One activated endpoint: asks the application until it is ready, then opens the port; at the stop
 * takes everything down in reverse, waiting for what is in flight.
 */
final class Activation implements Work, Inflow {

  private static final long ASK_AGAIN_MILLIS = 500;
  private static final long BIND_AGAIN_MILLIS = 5000;
  private static final long ASK_TAKE_OVERS_MILLIS = 1000;

  private final ModuleActivationSpec spec;
  private final AdapterMeters meters;
  private final Workers workers;
  private final Dispatcher dispatcher;
  private final Acceptor acceptor;
  private final Work takeOvers = new TakeOvers();
  private final Work secure = new Secure();
  private boolean open;
  private boolean stopped;
  private Thread asking;

  Activation(BootstrapContext context, MessageEndpointFactory factory, ModuleActivationSpec spec)
      throws UnavailableException {
    this.spec = spec;
    this.workers = new Workers(context);
    this.meters = new AdapterMeters(Metrics.globalRegistry);
    this.dispatcher =
        new Dispatcher(
            spec.dispatcher(),
            factory,
            context.getTransactionSynchronizationRegistry(),
            workers,
            Clock.systemUTC(),
            meters);
    this.acceptor = new Acceptor(spec.acceptor(), dispatcher, Clock.systemUTC(), meters);
    meters.sessions(acceptor::sessions);
    meters.port(Port.PLAIN);
    if (spec.acceptor().tls() != null) {
      meters.port(Port.TLS);
    }
  }

  /** Returns at once; the port opens when the application is ready. */
  @Override
  public void start() {
    AdapterLog.WAITING.say();
    workers.start(this);
  }

  /** Asks whether the application is ready: on a work thread, because it may take its time. */
  @Override
  public void run() {
    if (!ask()) {
      workers.later(this, ASK_AGAIN_MILLIS);
      return;
    }
    synchronized (this) {
      if (stopped) {
        return;
      }
      try {
        acceptor.open();
        open = true;
        meters.open(Port.PLAIN, true);
        AdapterLog.PORT_OPEN.say(spec.getBindAddress(), acceptor.port());
        workers.later(takeOvers, ASK_TAKE_OVERS_MILLIS);
        workers.start(secure);
      } catch (IOException e) {
        AdapterLog.PORT_TAKEN.say(spec.getBindAddress(), spec.getPort(), e.getMessage());
        workers.later(this, BIND_AGAIN_MILLIS);
      }
    }
  }

  /** A server holds the question while the application starts; if that fails, for ever. */
  private boolean ask() {
    synchronized (this) {
      if (stopped) {
        return false;
      }
      asking = Thread.currentThread();
    }
    try {
      return dispatcher.ready();
    } finally {
      synchronized (this) {
        asking = null;
        // What stop() may have left belongs to the question, not to the thread's next work.
        Thread.interrupted();
      }
    }
  }

  @Override
  public void release() {
    // The stop itself ends the attempts.
  }

  /** Whether modules are taken. */
  synchronized boolean open() {
    return open && !stopped;
  }

  /** Frames that came so far. */
  long frames() {
    return meters.frames();
  }

  /** Opens the TLS port, again and again until it can be: the plain one does not wait for it. */
  private final class Secure implements Work {

    @Override
    public void run() {
      synchronized (Activation.this) {
        if (stopped) {
          return;
        }
        try {
          acceptor.openSecure();
          if (acceptor.tlsPort() != 0) {
            meters.open(Port.TLS, true);
            AdapterLog.TLS_OPEN.say(spec.getBindAddress(), acceptor.tlsPort());
          }
        } catch (IOException e) {
          AdapterLog.TLS_NOT_OPEN.sayOccasionally(e, e.getMessage());
          workers.later(this, BIND_AGAIN_MILLIS);
        }
      }
    }

    @Override
    public void release() {
      // The stop ends it.
    }
  }

  /** Once a second: has another node taken over a device that has its session here? */
  private final class TakeOvers implements Work {

    @Override
    public void run() {
      try {
        acceptor.takenOver(dispatcher.takenOver());
      } finally {
        synchronized (Activation.this) {
          if (!stopped) {
            workers.later(this, ASK_TAKE_OVERS_MILLIS);
          }
        }
      }
    }

    @Override
    public void release() {
      // The stop ends it.
    }
  }

  /** Closes the port, waits for sessions and batches in flight; safe to call twice. */
  @Override
  public synchronized void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    if (asking != null) {
      asking.interrupt();
    }
    long timeout = TimeUnit.SECONDS.toMillis(spec.getStopSeconds());
    try {
      if (open) {
        int sessions = acceptor.sessions();
        int cut = acceptor.close(timeout);
        AdapterLog.PORT_CLOSED.say(spec.getPort(), sessions);
        if (cut > 0) {
          AdapterLog.STOPPED_EARLY.say(cut, spec.getStopSeconds());
        }
      }
      if (!dispatcher.stop(timeout)) {
        AdapterLog.BATCHES_CUT.say(spec.getStopSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      workers.close();
      meters.close();
    }
  }
}
