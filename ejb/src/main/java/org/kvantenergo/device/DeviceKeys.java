package org.kvantenergo.device;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kvantenergo.shared.DeviceId;

/**
 * Keys of devices, kept sealed under the master key, and the session counters that go with them.
 */
public interface DeviceKeys {

  /** Length of a key, bytes. */
  int LENGTH = 32;

  /**
   * A key.
   *
   * @param device whose
   * @param key 32 bytes; a secret, not to be kept longer than needed; null if it cannot be opened
   * @param counter u32 of the last accepted session; -1 = none yet
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Held(DeviceId device, byte[] key, long counter) {

    @Override
    public String toString() {
      return "Held[device=%d, counter=%d]".formatted(device.value(), counter);
    }
  }

  /**
   * The keys of those devices that hold one, locked until the end of the transaction, in the order
   * of their ids.
   */
  List<Held> lock(Collection<DeviceId> devices);

  /** Moves session counters on. */
  void accept(Map<DeviceId, Long> counters);

  /** Moves whenever a key is set or removed, or an identity that holds one changes. */
  long version();

  /**
   * All keys that can be opened, by who claims to be the device: for answers while the database is
   * away.
   */
  Map<DeviceClaim, byte[]> all();

  /**
   * The key of a device, for looking back.
   *
   * @return 32 bytes; empty if it holds none, or was given it after that moment
   */
  Optional<byte[]> heldSince(DeviceId device, Instant moment);

  /**
   * Gives a device a key; one that it had is replaced and its counter begins anew.
   *
   * @throws IllegalArgumentException unless it has 32 bytes
   */
  void set(DeviceId device, byte[] key);

  /** Takes the key of a device away. */
  void remove(DeviceId device);
}
