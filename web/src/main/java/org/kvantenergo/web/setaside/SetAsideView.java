package org.kvantenergo.web.setaside;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.kvantenergo.setaside.SetAsideFrames;
import org.kvantenergo.setaside.SetAsideFrames.Which;
import org.kvantenergo.setaside.SetAsideRow;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.grid.ListPage;
import org.kvantenergo.web.grid.Window;

/** «Отложенные пакеты»: what is listed, what is chosen, and trying again. */
@Named("setAside")
@ViewScoped
public class SetAsideView extends ListPage<FrameLine> {

  private static final long serialVersionUID = 1L;
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration LATEST = Duration.ofSeconds(30);
  private static final int DUE_LAG_SECONDS = 1;

  @Inject private transient SetAsideFrames frames;

  private Which which = Which.WAITING;
  private long waiting;
  private int hurried = -1;
  private transient Instant nextTry;
  private transient FrameDetail selected;

  @PostConstruct
  void begin() {
    guarded(this::selectFirst);
  }

  /** Waiting, stored or all. */
  public void show(Which chosen) {
    which = chosen;
    hurried = -1;
    getList().moveTo(0);
    guarded(this::selectFirst);
  }

  /**
   * «Повторить сейчас»: parameter {@code ids}, with commas between them; with parameter {@code all}
   * everything that waits but these.
   */
  public void retry() {
    guarded(
        () -> {
          List<Long> ids = Asked.numbers("ids");
          hurried =
              Boolean.parseBoolean(Asked.text("all"))
                  ? frames.retryAllNow(viewer().caller(), ids)
                  : frames.retryNow(viewer().caller(), ids);
          getList().again();
          select(getSelectedId());
        });
  }

  /** Name of what is listed. */
  public String getWhich() {
    return which.name();
  }

  /** The chosen frame; null if there is none. */
  public FrameDetail getSelected() {
    return selected;
  }

  /** How many wait, whatever is listed. */
  public long getWaiting() {
    return waiting;
  }

  /** How many were made due by the last «Повторить сейчас»; −1 before the first. */
  public int getHurried() {
    return hurried;
  }

  /** When the page is to look again, ms: soon after the next attempt of a row that it shows. */
  public long getLookAgain() {
    if (nextTry == null) {
      return LATEST.toMillis();
    }
    long wait =
        Duration.between(clock().instant(), nextTry.plusSeconds(DUE_LAG_SECONDS)).toMillis();
    return Math.max(SOON.toMillis(), Math.min(LATEST.toMillis(), wait));
  }

  @Override
  protected void complete() {
    super.complete();
    waiting = frames.waiting(viewer().scope());
  }

  @Override
  protected void look(long id) {
    selected =
        id == 0
            ? null
            : frames.find(viewer().scope(), id).map(frame -> lines().detail(frame)).orElse(null);
  }

  @Override
  protected Page<FrameLine> load(Slice slice) {
    Page<SetAsideRow> page = frames.list(viewer().scope(), which, slice);
    nextTry =
        page.rows().stream()
            .map(SetAsideRow::nextTryAt)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    return Window.numbered(page, slice, lines()::line);
  }

  private Lines lines() {
    return new Lines(viewer().getLocale(), viewer().zone(), clock());
  }
}
