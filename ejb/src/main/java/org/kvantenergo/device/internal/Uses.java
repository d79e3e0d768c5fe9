package org.kvantenergo.device.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.kvantenergo.device.DeviceUse;
import org.kvantenergo.shared.Caller;
import org.kvantenergo.shared.DeviceId;

/** All features that have something of devices, as if they were one. */
@ApplicationScoped
@Typed(Uses.class)
public class Uses implements DeviceUse {

  private final Iterable<? extends DeviceUse> all;

  @Inject
  Uses(@Any Instance<DeviceUse> all) {
    this.all = all;
  }

  /** With these. */
  public Uses(List<? extends DeviceUse> all) {
    this.all = all;
  }

  /** For the proxies of CDI. */
  protected Uses() {
    this(List.of());
  }

  @Override
  public boolean works(DeviceId device) {
    boolean works = false;
    for (DeviceUse use : all) {
      works |= use.works(device);
    }
    return works;
  }

  @Override
  public boolean remembered(DeviceId device) {
    boolean remembered = false;
    for (DeviceUse use : all) {
      remembered |= use.remembered(device);
    }
    return remembered;
  }

  @Override
  public long records(DeviceId device) {
    long records = 0;
    for (DeviceUse use : all) {
      records += use.records(device);
    }
    return records;
  }

  @Override
  public void left(DeviceId device) {
    all.forEach(use -> use.left(device));
  }

  @Override
  public void transferred(Collection<DeviceId> devices) {
    all.forEach(use -> use.transferred(devices));
  }

  @Override
  public void replaced(Caller caller, DeviceId old, DeviceId fresh, Instant since) {
    all.forEach(use -> use.replaced(caller, old, fresh, since));
  }

  @Override
  public void merged(DeviceId from, DeviceId into) {
    all.forEach(use -> use.merged(from, into));
  }

  @Override
  public void disturbed(Collection<DeviceId> devices) {
    all.forEach(use -> use.disturbed(devices));
  }
}
