package org.kvantenergo.web.monitoring;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.device.DeviceRow;
import org.kvantenergo.shared.DeviceId;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.security.CurrentViewer;

/**
 * Which rows are ticked. They stay so while the table is scrolled, sorted and refreshed. Kept as
 * ids, {@value #MOST} at most, or as all that the filter lists but for some: a fleet of a million
 * is one word and not eight megabytes.
 */
@Named("ticks")
@ViewScoped
public class TicksView implements Serializable {

  /** Most single rows: 160 kB of a session. */
  public static final int MOST = 20_000;

  private static final long serialVersionUID = 1L;

  @Inject private transient DeviceDirectory directory;
  @Inject private CurrentViewer viewer;
  @Inject private MonitoringView monitoring;
  @Inject private FleetFilterView filter;

  private boolean all;
  private boolean full;
  private long[] ids = {};

  /** Ticks the rows {@code ids}, or with {@code off} unticks them. */
  public void tick() {
    monitoring.guarded(
        () -> {
          List<DeviceId> asked = Asked.numbers("ids").stream().map(DeviceId::new).toList();
          set(
              directory.visible(
                  viewer.scope(), asked.subList(0, Math.min(asked.size(), Slice.MAX_LIMIT))),
              Asked.text("off").isEmpty());
        });
  }

  /** Ticks the rows from the place {@code from} to the place {@code to} of the list, from 0. */
  public void tickRange() {
    monitoring.guarded(
        () -> {
          long from = Math.min(Asked.number("from"), Asked.number("to"));
          long to = Math.max(Asked.number("from"), Asked.number("to"));
          full = to - from >= MOST;
          for (long at = from; at <= to && !full; at += Slice.MAX_LIMIT) {
            int rows = (int) Math.min(Slice.MAX_LIMIT, to - at + 1);
            set(monitoring.read(new Slice(at, rows)).stream().map(DeviceRow::id).toList(), true);
          }
        });
  }

  /** «Отметить все»: everything that the filter lists. */
  public void tickAll() {
    all = true;
    full = false;
    ids = new long[0];
  }

  /** «Снять отметки». */
  public void clear() {
    all = false;
    full = false;
    ids = new long[0];
  }

  /** Another filter lists others: «all» would mean other rows than those that were seen. */
  void filterChanged() {
    if (all) {
      clear();
    }
  }

  /** Ticks devices that somebody was shown elsewhere. */
  void add(Collection<DeviceId> devices) {
    set(devices, true);
  }

  private void set(Collection<DeviceId> devices, boolean on) {
    long[] given = devices.stream().mapToLong(DeviceId::value).sorted().toArray();
    LongPredicate among = id -> Arrays.binarySearch(given, id) >= 0;
    LongStream kept = Arrays.stream(ids).filter(among.negate());
    // With «all», what is kept is what is not ticked.
    long[] next =
        (on == all ? kept : LongStream.concat(kept, Arrays.stream(given))).sorted().toArray();
    full = next.length > MOST;
    if (!full) {
      ids = next;
    }
  }

  /** What is ticked, for exports and commands. */
  Ticked ticked() {
    return Ticked.of(all ? filter.filter() : null, ids);
  }

  /** Whether a row is ticked. */
  public boolean on(long id) {
    return all != Arrays.binarySearch(ids, id) >= 0;
  }

  /** How many rows are ticked. */
  public long getCount() {
    return all ? Math.max(0, monitoring.getModules().getTotal() - ids.length) : ids.length;
  }

  /** For the box in the header: none, some, all. */
  public String getState() {
    boolean every = all && ids.length == 0;
    return getCount() == 0 ? "none" : every ? "all" : "some";
  }

  /** Whether the last ones were too many to be ticked one by one. */
  public boolean isFull() {
    return full;
  }
}
