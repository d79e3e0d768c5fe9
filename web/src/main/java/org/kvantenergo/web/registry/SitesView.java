package org.kvantenergo.web.registry;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashSet;
import java.util.Set;
import org.kvantenergo.registry.ConsumerAccounts;
import org.kvantenergo.registry.Registry;
import org.kvantenergo.registry.SiteId;
import org.kvantenergo.registry.Sites;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.grid.Asked;
import org.kvantenergo.web.grid.Window;

/**
 * «Адреса»: the tree as it is unfolded or what a search finds, and what stands at the chosen one.
 */
@Named("sites")
@ViewScoped
public class SitesView extends SearchedPage<SiteLine> {

  private static final long serialVersionUID = 1L;

  @Inject private transient Sites sites;
  @Inject private transient Registry registry;
  @Inject private transient ConsumerAccounts accounts;

  private final HashSet<Long> opened = new HashSet<>();
  private boolean ofAccounts;
  private transient SiteLine selected;
  private final transient Window<MeterLine> meters = new Window<>(this::loadMeters);
  private final transient Window<AccountLine> consumers = new Window<>(this::loadAccounts);

  /** The address may say which site to choose: {@code id}. */
  @PostConstruct
  void begin() {
    viewer().scope();
    long id = Asked.number("id");
    guarded(() -> reveal(id));
  }

  /** Unfolds the tree down to a site and chooses it; the first one if there is none such. */
  private void reveal(long id) {
    sites.above(viewer().scope(), new SiteId(id)).forEach(above -> opened.add(above.value()));
    getList().again();
    if (sites.find(viewer().scope(), new SiteId(id)).isPresent()) {
      select(id);
    } else {
      selectFirst();
    }
  }

  /** A site was changed by this page: it is shown where it is now. */
  public void changed(long id) {
    guarded(() -> reveal(id));
  }

  /** A site is unfolded or folded: parameter {@code id}. */
  public void fold() {
    long id = Asked.number("id");
    if (!opened.remove(id)) {
      opened.add(id);
    }
    getList().again();
    guarded(() -> select(id));
  }

  /** The browser has scrolled the lower table: parameter {@code first}. */
  public void scrollLower() {
    (ofAccounts ? consumers : meters).moveTo(Asked.number("first"));
    guarded(() -> {});
  }

  /** «Лицевые счета», or the meters. */
  public void tab(boolean ofConsumers) {
    ofAccounts = ofConsumers;
    guarded(() -> {});
  }

  @Override
  protected void complete() {
    super.complete();
    meters.getTotal();
    consumers.getTotal();
  }

  @Override
  protected void look(long id) {
    selected =
        sites
            .find(viewer().scope(), new SiteId(id))
            .map(site -> lines().line(site, 0, false, true))
            .orElse(null);
    meters.moveTo(0);
    consumers.moveTo(0);
  }

  @Override
  protected Page<SiteLine> load(Slice slice) {
    Set<SiteId> ids = new HashSet<>();
    opened.forEach(id -> ids.add(new SiteId(id)));
    boolean found = !getSearched().isEmpty();
    return Window.numbered(
        found
            ? sites.search(viewer().scope(), getSearched(), slice)
            : sites.tree(viewer().scope(), ids, slice),
        slice,
        (site, number) -> lines().line(site, number, opened.contains(site.id().value()), found));
  }

  private Page<MeterLine> loadMeters(Slice slice) {
    SiteId site = new SiteId(getSelectedId());
    return Window.numbered(
        registry.standing(viewer().scope(), site, clock().instant(), slice), slice, lines()::line);
  }

  private Page<AccountLine> loadAccounts(Slice slice) {
    SiteId site = new SiteId(getSelectedId());
    return Window.numbered(
        accounts.list(viewer().scope(), "", site, clock().instant(), slice), slice, lines()::line);
  }

  /** Meters at the chosen site and below it. */
  public Window<MeterLine> getMeters() {
    return meters;
  }

  /** Accounts at the chosen site and below it. */
  public Window<AccountLine> getConsumers() {
    return consumers;
  }

  /** The chosen site; null if there is none. */
  public SiteLine getSelected() {
    return selected;
  }

  public boolean isOfAccounts() {
    return ofAccounts;
  }
}
