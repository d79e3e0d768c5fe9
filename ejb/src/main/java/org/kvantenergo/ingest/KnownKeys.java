package org.kvantenergo.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.kvantenergo.device.DeviceClaim;
import org.kvantenergo.device.DeviceKeys;
import org.kvantenergo.shared.Started;

/**
 * The keys as this node last saw them, so that "come back later" can be tagged while the database
 * cannot be asked. Decides nothing else. Any thread.
 */
@ApplicationScoped
public class KnownKeys {

  private final DeviceKeys keys;
  private final AtomicBoolean following = new AtomicBoolean();
  private volatile Map<DeviceClaim, byte[]> known = new ConcurrentHashMap<>();
  private volatile long version = -1;

  @Inject
  public KnownKeys(DeviceKeys keys) {
    this.keys = keys;
  }

  /** For the proxies of CDI. */
  protected KnownKeys() {
    this(null);
  }

  void load(@Observes Started started) {
    follow();
  }

  /** Reads all keys again if any was changed, on whatever node: asked once a second. */
  void follow() {
    if (!following.compareAndSet(false, true)) {
      return;
    }
    try {
      long now = keys.version();
      if (now != version) {
        known = new ConcurrentHashMap<>(keys.all());
        version = now;
      }
    } finally {
      following.set(false);
    }
  }

  /** The key of who claims to be a device; null if there is none. */
  byte[] of(DeviceClaim claim) {
    return known.get(claim);
  }

  /**
   * What an admission saw.
   *
   * @param key null if the device holds none
   */
  void learn(DeviceClaim claim, byte[] key) {
    if (key == null) {
      known.remove(claim);
    } else {
      known.put(claim, key);
    }
  }
}
