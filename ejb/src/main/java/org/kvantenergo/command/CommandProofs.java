package org.kvantenergo.command;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.MeterRecord;

/**
 * Whether what devices said that they had done is so: in the transaction that stores their packets,
 * after their results. Costs one look at an index that is nearly always empty, and more only for
 * devices that have something unproven.
 */
public interface CommandProofs {

  /**
   * The last INFO of a device in a batch.
   *
   * @param device whose
   * @param sessionId in which it came
   * @param at when
   * @param settings what it says
   * @param notYet ids of commands whose results came after it in the same batch: it says nothing of
   *     them
   */
  record SeenInfo(
      DeviceId device, long sessionId, Instant at, Settings settings, Set<Long> notYet) {

    /** Keeps its own set. */
    public SeenInfo {
      notYet = Set.copyOf(notYet);
    }
  }

  /**
   * Settings in force in a module, as sent.
   *
   * @param contractDay 1..28, else odd
   * @param contractHour 0..23, else odd
   * @param periodMinutes exchange period, u16
   * @param retries 0..10, else odd
   * @param apn name of the access point, empty if none
   * @param login empty if none; left out of {@link #toString()}
   * @param password likewise
   */
  record Settings(
      int contractDay,
      int contractHour,
      int periodMinutes,
      int retries,
      String apn,
      String login,
      String password) {

    @Override
    public String toString() {
      return "Settings[contractDay=%d, contractHour=%d, periodMinutes=%d, retries=%d]"
          .formatted(contractDay, contractHour, periodMinutes, retries);
    }
  }

  /**
   * Weighs what a batch shows.
   *
   * @param infos at most one a device
   * @param records of the batch, stored before or not
   * @param results of the batch, stored already
   */
  void weigh(List<SeenInfo> infos, List<MeterRecord> records, List<CommandLeases.Result> results);
}
