package org.kvantenergo.metrics.internal;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;
import org.kvantenergo.metrics.Exposition;

/**
 * Hangs the Prometheus registry into the global one, with the JVM's own meters in it, before
 * anything is counted: a counter without a registry under it forgets. Takes it out at the stop, and
 * with it the listeners that the JVM would otherwise call in a dead application.
 */
@Singleton
@Startup
@Local(Exposition.class)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PrometheusMeters implements Exposition {

  private PrometheusMeterRegistry registry;
  private JvmGcMetrics garbage;

  /** Begins. */
  @PostConstruct
  public void begin() {
    registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    garbage = new JvmGcMetrics();
    List.of(
            garbage,
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics())
        .forEach(meters -> meters.bindTo(registry));
    Metrics.addRegistry(registry);
  }

  /** Ends. */
  @PreDestroy
  public void end() {
    Metrics.removeRegistry(registry);
    garbage.close();
    registry.close();
  }

  @Override
  public String text() {
    return registry.scrape();
  }
}
