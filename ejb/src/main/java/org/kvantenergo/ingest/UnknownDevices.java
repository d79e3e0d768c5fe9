package org.kvantenergo.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.kvantenergo.device.DeviceRegistry;
import org.kvantenergo.shared.ServerMessage;

/**
 * How many devices that nobody registered may begin to report: each costs rows, and anybody can
 * invent some. Those that have a row already are not counted. Any thread.
 */
@ApplicationScoped
public class UnknownDevices {

  private static final System.Logger LOG = System.getLogger(UnknownDevices.class.getName());
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final Duration RECOUNT = Duration.ofMinutes(1);

  private final DeviceRegistry registry;
  private final Clock clock;
  private final int perAddress;
  private final long inAll;
  private final Map<String, Integer> byAddress = new HashMap<>();
  private Instant windowEnd = Instant.MIN;
  private Instant countAgain = Instant.MIN;
  private long rows;
  private boolean said;

  @Inject
  public UnknownDevices(
      DeviceRegistry registry,
      Clock clock,
      @ConfigProperty(name = "kvant.unknown.per-address", defaultValue = "20000") int perAddress,
      @ConfigProperty(name = "kvant.unknown.in-all", defaultValue = "200000") long inAll) {
    this.registry = registry;
    this.clock = clock;
    this.perAddress = perAddress;
    this.inAll = inAll;
  }

  /** For the proxies of CDI. */
  protected UnknownDevices() {
    this(null, null, 0, 0);
  }

  /** Whether one more may begin to report from that IP address now; counts it if so. */
  synchronized boolean admits(String address) {
    Instant now = clock.instant();
    if (now.isAfter(windowEnd)) {
      windowEnd = now.plus(WINDOW);
      byAddress.clear();
      said = false;
    }
    if (now.isAfter(countAgain)) {
      rows = registry.keptApart();
      countAgain = now.plus(RECOUNT);
    }
    int fromAddress = byAddress.getOrDefault(address, 0);
    if (fromAddress >= perAddress || rows >= inAll) {
      if (!said) {
        said = true;
        ServerMessage.UNKNOWN_LIMIT.log(LOG, fromAddress, address, rows);
      }
      return false;
    }
    byAddress.put(address, fromAddress + 1);
    rows++;
    return true;
  }
}
