package org.kvantenergo.web.monitoring;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import org.kvantenergo.command.Selection;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.web.command.Targets;

/** What the monitoring page offers for a command: ticks, the chosen row, the filter. */
@ViewScoped
public class CommandTargets implements Targets, Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private MonitoringView monitoring;
  @Inject private FleetFilterView filter;
  @Inject private SelectedView selected;
  @Inject private TicksView ticks;

  @Override
  public Selection ticked() {
    Ticked ticked = monitoring.ticked();
    if (ticked.none()) {
      return null;
    }
    return ticked.filter() == null
        ? new Selection.Ids(ticked.ids())
        : new Selection.Matching(ticked.filter(), ticked.ids());
  }

  @Override
  public long tickedCount() {
    return ticks.getCount();
  }

  @Override
  public Selection listed() {
    // What could not be understood lists nothing.
    return filter.getRefused().isEmpty() ? new Selection.Matching(monitoring.filter()) : null;
  }

  @Override
  public long listedCount() {
    return monitoring.getModules().getTotal();
  }

  @Override
  public DeviceId chosen() {
    return selected.getId() == 0 ? null : new DeviceId(selected.getId());
  }

  @Override
  public String serial() {
    return selected.getLine() == null ? "" : selected.getLine().serial().text();
  }

  @Override
  public String group() {
    return filter.getChosen().size() == 1 ? filter.getChosen().get(0).name() : "";
  }
}
