package org.kvantenergo.launcher.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many sessions a process of this user may have. */
final class Descriptors {

  /** A server keeps so many for jars, logs, the database and pages. */
  private static final int OTHERS = 2_000;

  private Descriptors() {}

  /** Most open files of a process; Java processes raise their own limit to it. */
  static long most() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? system.getMaxFileDescriptorCount()
        : Integer.MAX_VALUE;
  }

  /** As many sessions as are wished for, or as many as there is room for. */
  static int sessions(int wished) {
    return (int) Math.max(1, Math.min(wished, most() - OTHERS));
  }
}
