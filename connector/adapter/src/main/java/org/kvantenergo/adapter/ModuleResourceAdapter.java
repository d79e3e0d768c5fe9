package org.kvantenergo.adapter;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.Connector;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.TransactionSupport;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.transaction.xa.XAResource;
import org.kvantenergo.adapter.delivery.Dispatcher;
import org.kvantenergo.adapter.rehearsal.Rehearsal;

/** The resource adapter that takes the sessions of modules and base stations. */
@Connector(
    displayName = "Kvant-Energo module connector",
    vendorName = "Kvant-Energo",
    eisType = "Telemetry modules, protocol 5",
    version = "1.0",
    transactionSupport = TransactionSupport.TransactionSupportLevel.NoTransaction)
public class ModuleResourceAdapter implements ResourceAdapter, Serializable {

  private static final long serialVersionUID = 1L;

  private transient BootstrapContext context;
  private final transient Map<MessageEndpointFactory, Inflow> activations =
      new ConcurrentHashMap<>();

  @Override
  public void start(BootstrapContext bootstrapContext) {
    context = bootstrapContext;
  }

  @Override
  public void stop() {
    activations.keySet().forEach(this::deactivate);
  }

  @Override
  public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec)
      throws ResourceException {
    spec.validate();
    if (!Dispatcher.transacted(factory)) {
      throw new NotSupportedException(
          "PacketListener must be called in a transaction: no ACK without a commit");
    }
    if (spec instanceof RehearsalActivationSpec rehearsal) {
      if (rehearsal.getSeconds() > 0) {
        start(factory, new Rehearsal(context, factory, rehearsal.getSeconds(), new RealModules()));
      }
    } else {
      start(factory, new Activation(context, factory, (ModuleActivationSpec) spec));
    }
  }

  private void start(MessageEndpointFactory factory, Inflow inflow) {
    activations.put(factory, inflow);
    inflow.start();
  }

  /** What a rehearsal makes way for: all endpoints that modules are taken for. */
  private final class RealModules implements Rehearsal.Real {

    @Override
    public boolean open() {
      return all().anyMatch(Activation::open);
    }

    @Override
    public long frames() {
      return all().mapToLong(Activation::frames).sum();
    }

    private Stream<Activation> all() {
      return activations.values().stream()
          .filter(Activation.class::isInstance)
          .map(Activation.class::cast);
    }
  }

  @Override
  public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
    deactivate(factory);
  }

  /** Nothing to recover: the adapter takes part in no two-phase commit. */
  @Override
  public XAResource[] getXAResources(ActivationSpec[] specs) {
    return new XAResource[0];
  }

  private void deactivate(MessageEndpointFactory factory) {
    Inflow inflow = activations.remove(factory);
    if (inflow != null) {
      inflow.stop();
    }
  }

  /** The specification asks for both: there is one adapter in an application, equal to itself. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
