package org.kvantenergo.launcher;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a server's process has taken: read from outside, through the JVM's own management. */
public final class Vitals implements AutoCloseable {
  private final JMXConnector connector;
  private final MemoryMXBean memory;
  private final UnixOperatingSystemMXBean system;
  private final ThreadMXBean threads;

  /**
   * What a process holds.
   *
   * @param heap MB in use after a full collection
   * @param descriptors open files and sockets
   * @param threads alive
   */
  public record Signs(long heap, long descriptors, int threads) {}

  /** Of a Java process of this user. */
  @SuppressWarnings("BanJNDI") // The address comes from the process that we started ourselves.
  public Vitals(ProcessHandle process) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
      try {
        connector =
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException(e);
    }
    MBeanServerConnection beans = connector.getMBeanServerConnection();
    memory =
        ManagementFactory.newPlatformMXBeanProxy(
            beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    system =
        ManagementFactory.newPlatformMXBeanProxy(
            beans, ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, UnixOperatingSystemMXBean.class);
    threads =
        ManagementFactory.newPlatformMXBeanProxy(
            beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
  }

  /** Collects garbage there, then looks. */
  public Signs look() {
    return new Signs(
        heapBytes() >> 20, system.getOpenFileDescriptorCount(), threads.getThreadCount());
  }

  /** Collects garbage there; bytes of the heap in use after it. */
  public long heapBytes() {
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
