package org.kvantenergo.web.registry;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.kvantenergo.registry.ConsumerAccount;
import org.kvantenergo.registry.ConsumerAccounts;
import org.kvantenergo.registry.ConsumerId;
import org.kvantenergo.shared.Page;
import org.kvantenergo.shared.Slice;
import org.kvantenergo.web.grid.Window;

/** «Лицевые счета»: what is listed, as of which moment, and where the chosen one was. */
@Named("accounts")
@ViewScoped
public class AccountsView extends AsOfPage<AccountLine> {

  private static final long serialVersionUID = 1L;

  @Inject private transient ConsumerAccounts accounts;

  private transient AccountLine selected;
  private transient List<AccountLine> history = List.of();

  @PostConstruct
  void begin() {
    beginByAddress();
    guarded(this::selectFirst);
  }

  /** An account was changed by this page: it is looked for by its number, as things are now. */
  public void changed(String number) {
    getList().again();
    Slice one = new Slice(0, 1);
    guarded(
        () ->
            accounts.list(viewer().scope(), number, null, moment(), one).rows().stream()
                .findFirst()
                .ifPresentOrElse(found -> select(found.id().value()), this::selectFirst));
  }

  @Override
  protected void look(long id) {
    ConsumerId account = new ConsumerId(id);
    ConsumerAccount found = accounts.find(viewer().scope(), account, moment()).orElse(null);
    selected = found == null ? null : lines().line(found, 0);
    history =
        found == null
            ? List.of()
            : accounts.history(viewer().scope(), account).stream()
                .map(home -> lines().line(new ConsumerAccount(account, found.number(), home), 0))
                .toList();
  }

  @Override
  protected Page<AccountLine> load(Slice slice) {
    return Window.numbered(
        accounts.list(viewer().scope(), getSearched(), null, moment(), slice),
        slice,
        lines()::line);
  }

  /** Where the chosen one was, newest first. */
  public List<AccountLine> getHistory() {
    return history;
  }

  /** The chosen account; null if there is none. */
  public AccountLine getSelected() {
    return selected;
  }
}
