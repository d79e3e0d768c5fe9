package org.kvantenergo.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.BitSet;
import java.util.List;
import org.kvantenergo.device.DeviceRegistry;
import org.kvantenergo.device.DeviceStates;
import org.kvantenergo.event.Outbox;
import org.kvantenergo.reading.ReadingStore;
import org.kvantenergo.session.SessionStore;
import org.kvantenergo.wire.PacketBatch;
import org.kvantenergo.wire.Reply;

/**
 * Stores a batch in the transaction of its delivery. {@link #store} is the list of all steps that a
 * packet goes through.
 */
@ApplicationScoped
public class IngestService {

  private final DeviceRegistry registry;
  private final SessionStore sessions;
  private final ReadingStore archive;
  private final DeviceStates states;
  private final Outbox outbox;

  @Inject
  public IngestService(
      DeviceRegistry registry,
      SessionStore sessions,
      ReadingStore archive,
      DeviceStates states,
      Outbox outbox) {
    this.registry = registry;
    this.sessions = sessions;
    this.archive = archive;
    this.states = states;
    this.outbox = outbox;
  }

  /** For the proxies of CDI. */
  protected IngestService() {
    this(null, null, null, null, null);
  }

  /**
   * One reply a delivery, in their order; true only once the caller's transaction has committed.
   */
  public List<Reply> store(PacketBatch batch) {
    Unpacked unpacked = new Unpacked(batch);
    unpacked.name(registry.keepApart(unpacked.strangers()));
    sessions.record(unpacked.sessions());
    BitSet fresh = archive.append(unpacked.records());
    states.advance(unpacked.contacts(), unpacked.records());
    outbox.append(unpacked.events());
    return unpacked.replies(fresh);
  }
}
