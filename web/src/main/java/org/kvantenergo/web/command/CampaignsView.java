package org.kvantenergo.web.command;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.Optional;
import org.kvantenergo.command.CampaignId;
import org.kvantenergo.command.Campaigns;
import org.kvantenergo.command.OutcomeKind;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.grid.ListPage;
import org.kvantenergo.web.grid.Window;

/**
 * «Кампании»: which there are, how the chosen one fares, and what became of each of its devices.
 * The address may say which one to choose: {@code id}.
 */
@Named("campaigns")
@ViewScoped
public class CampaignsView extends ListPage<CampaignLine> {

  private static final long serialVersionUID = 1L;

  @Inject private transient Campaigns campaigns;

  private OutcomeKind kind;
  private String said = "";
  private transient CampaignLine selected;
  private transient String end = "";
  private final transient Window<OutcomeLine> outcomes = new Window<>(this::loadOutcomes);

  @PostConstruct
  void begin() {
    long id = Asked.number("id");
    guarded(id == 0 ? this::selectFirst : () -> select(id));
  }

  @Override
  public void selectRow() {
    kind = null;
    said = "";
    outcomes.moveTo(0);
    super.selectRow();
  }

  /** Devices to which something happened; with an empty name all. */
  public void show(String name) {
    kind =
        Arrays.stream(OutcomeKind.values())
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElse(null);
    outcomes.moveTo(0);
    guarded(() -> {});
  }

  /** The browser has scrolled the devices: parameter {@code first}. */
  public void scrollOutcomes() {
    outcomes.moveTo(Asked.number("first"));
    guarded(() -> {});
  }

  /** Everything anew, as it is after something was done; says what came of it. */
  void changed(String what) {
    refresh();
    said = what;
  }

  @Override
  protected void complete() {
    super.complete();
    outcomes.getTotal();
  }

  @Override
  protected void look(long id) {
    CampaignId campaign = new CampaignId(id);
    selected = id == 0 ? null : listed(campaign).or(() -> found(campaign)).orElse(null);
    end = "";
    if (selected != null && selected.canPause()) {
      end = lines().end(selected.state(), campaigns.outlook(viewer().caller(), campaign));
    }
    outcomes.again();
  }

  /** Of one that is listed all is known: a hundred thousand devices are counted once. */
  private Optional<CampaignLine> listed(CampaignId campaign) {
    return getList().getLines().stream().filter(line -> line.id() == campaign.value()).findFirst();
  }

  private Optional<CampaignLine> found(CampaignId campaign) {
    return campaigns.find(viewer().caller(), campaign).map(row -> lines().line(row));
  }

  @Override
  protected Page<CampaignLine> load(Slice slice) {
    return Window.numbered(
        campaigns.list(viewer().caller(), slice), slice, (row, number) -> lines().line(row));
  }

  private Page<OutcomeLine> loadOutcomes(Slice slice) {
    return Window.numbered(
        campaigns.outcomes(viewer().caller(), new CampaignId(getSelectedId()), kind, slice),
        slice,
        lines()::outcome);
  }

  CampaignLines lines() {
    return new CampaignLines(viewer().getLocale(), viewer().zone(), clock());
  }

  /** The chosen one; null if there is none. */
  public CampaignLine getSelected() {
    return selected;
  }

  /** When it will be over, in a sentence; empty if that cannot be said. */
  public String getEnd() {
    return end == null ? "" : end;
  }

  /** What became of its devices. */
  public Window<OutcomeLine> getOutcomes() {
    return outcomes;
  }

  /** Which of them are listed, by name; empty for all. */
  public String getKind() {
    return kind == null ? "" : kind.name();
  }

  /** Whether the viewer may do something with campaigns: for what the page shows. */
  public boolean isBulk() {
    return viewer().may("SEND_IN_BULK");
  }

  /** What came of the last action; empty if there was none. */
  public String getSaid() {
    return said;
  }
}
