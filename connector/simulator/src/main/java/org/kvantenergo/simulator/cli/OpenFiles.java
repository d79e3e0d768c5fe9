package org.kvantenergo.simulator.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many connections the system lets this process have. */
final class OpenFiles {

  /** Kept for jars, the journal and the like. */
  private static final int OTHERS = 200;

  private OpenFiles() {}

  /** Most connections at once; no limit where the system does not tell. */
  static int mostConnections() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long most = system.getMaxFileDescriptorCount() - OTHERS;
      return (int) Math.max(1, Math.min(Integer.MAX_VALUE, most));
    }
    return Integer.MAX_VALUE;
  }
}
