package org.kvantenergo.web.registry;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.LocalDate;
import java.util.Map;
import org.kvantenergo.registry.ConsumerId;
import org.kvantenergo.registry.RefusedException.Reason;
import org.kvantenergo.registry.RegistryChanges;
import org.kvantenergo.registry.Site;

/**
 * The drawer of «Лицевые счета»: an account begins somewhere, new or moved, or ends where it is.
 * Settling it again from the same day on corrects what was written.
 */
@Named("accountForm")
@ViewScoped
public class AccountForm extends Drawer<AccountForm.Mode> {

  private static final long serialVersionUID = 1L;

  /** What can be done, as the page names it. */
  public enum Mode {
    /** Nothing: the drawer is shut. */
    NONE,
    /** A new account. */
    ADD,
    /** The chosen one moves, or its holder changes. */
    MOVE,
    /** The chosen one ends where it is. */
    END
  }

  private static final Map<Reason, String> FIELDS =
      Map.of(Reason.OVERLAP, "since", Reason.NOTHING, "until", Reason.VALUE, "account");

  @Inject private transient RegistryChanges changes;
  @Inject private AccountsView view;

  private long account;
  private String number = "";

  public AccountForm() {
    super(Mode.class);
  }

  @Override
  protected boolean begin() {
    LocalDate today = LocalDate.ofInstant(clock().instant(), viewer().zone());
    getForm().set("since", today);
    getForm().set("until", today);
    AccountLine line = view.getSelected();
    if (mode() == Mode.ADD || line == null) {
      return mode() == Mode.ADD;
    }
    account = line.id();
    number = line.account();
    getForm().set("address", line.address().isEmpty() ? null : line.address());
    getForm().set("holder", line.holder().isEmpty() ? null : line.holder());
    return true;
  }

  @Override
  protected Runnable done() {
    String shown =
        switch (mode()) {
          case NONE -> number;
          case ADD -> settle(getForm().required("account", 50));
          case MOVE -> settle(number);
          case END -> end();
        };
    return () -> view.changed(shown);
  }

  @Override
  protected String field(Reason reason) {
    return FIELDS.get(reason);
  }

  /** Periods lie beside each other: nobody writes into what somebody else has read. */
  @Override
  protected void again() {}

  private String settle(String which) {
    Site site = requiredSite("address");
    String holder = getForm().text("holder", 200);
    LocalDate since = getForm().day("since");
    if (getForm().ok() && mode() == Mode.MOVE) {
      changes.move(viewer().caller(), new ConsumerId(account), site.id(), holder, since);
    } else if (getForm().ok()) {
      changes.settle(viewer().caller(), site.id(), which, holder, since);
    }
    return which;
  }

  private String end() {
    LocalDate until = getForm().day("until");
    if (getForm().ok()) {
      changes.leave(viewer().caller(), new ConsumerId(account), until);
    }
    return number;
  }

  /** Number of the account that the drawer is about. */
  public String getNumber() {
    return number;
  }
}
