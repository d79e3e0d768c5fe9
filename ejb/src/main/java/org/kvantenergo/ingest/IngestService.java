package org.kvantenergo.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.kvantenergo.command.CommandLeases;
import org.kvantenergo.command.CommandProofs;
import org.kvantenergo.device.DeviceRegistry;
import org.kvantenergo.device.DeviceStates;
import org.kvantenergo.event.Outbox;
import org.kvantenergo.reading.ReadingStore;
import org.kvantenergo.session.SessionStore;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;
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
  private final CommandLeases commands;
  private final CommandProofs proofs;
  private final Outbox outbox;
  private final UnknownDevices unknown;

  @Inject
  public IngestService(
      DeviceRegistry registry,
      SessionStore sessions,
      ReadingStore archive,
      DeviceStates states,
      CommandLeases commands,
      CommandProofs proofs,
      Outbox outbox,
      UnknownDevices unknown) {
    this.registry = registry;
    this.sessions = sessions;
    this.archive = archive;
    this.states = states;
    this.commands = commands;
    this.proofs = proofs;
    this.outbox = outbox;
    this.unknown = unknown;
  }

  /** For the proxies of CDI. */
  protected IngestService() {
    this(null, null, null, null, null, null, null, null);
  }

  /**
   * Stores a batch or a part of one.
   *
   * @param batchId what custody calls the batch
   * @return one reply a delivery, in their order; true only once the caller's transaction has
   *     committed
   */
  List<Reply> store(long batchId, List<Placed> batch) {
    return store(batchId, batch, true);
  }

  /** Stores a frame whose session is over: it is sent no commands. */
  Reply storeLate(long batchId, Placed frame) {
    return store(batchId, List.of(frame), false).get(0);
  }

  private List<Reply> store(long batchId, List<Placed> batch, boolean live) {
    Subjects subjects = Subjects.of(batch, registry, unknown::admits);
    Unpacked unpacked = new Unpacked(batchId, subjects);
    List<MeterRecord> records = unpacked.records();

    sessions.record(unpacked.sessions());
    BitSet fresh = archive.append(records);
    Map<DeviceId, DeviceStates.Epoch> epochs = states.advance(unpacked.contacts(), records);
    sessions.noteTakeOvers(unpacked.starts(epochs));
    commands.sent(unpacked.sent());
    List<CommandLeases.Result> results = unpacked.results();
    BitSet resultsBefore = commands.results(results);
    proofs.weigh(unpacked.infos(), records, results);
    List<CommandLeases.Taker> takers = live ? unpacked.takers() : List.of();
    Map<DeviceId, CommandLeases.Due> due = commands.due(takers);
    List<Reply> replies =
        new Replies(batch, subjects, fresh, resultsBefore, takers, due).all(commands::dueForBlocks);
    outbox.append(unpacked.events());
    return replies;
  }
}
