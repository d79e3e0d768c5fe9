package org.kvantenergo.account.internal;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Locale;
import java.util.Optional;
import org.kvantenergo.account.Viewer;
import org.kvantenergo.shared.OrganisationId;

/** Accounts in the database. */
@Stateless
public class AccountStore {

  @PersistenceContext(unitName = "kvant")
  private EntityManager em;

  /** For the container. */
  public AccountStore() {}

  AccountStore(EntityManager em) {
    this.em = em;
  }

  /** The account with a login. */
  public Optional<Account> byLogin(Login login) {
    return em.createQuery("select a from Account a where a.login = :login", Account.class)
        .setParameter("login", login.value())
        .getResultStream()
        .findFirst();
  }

  /** Whether there is any account. */
  public boolean any() {
    return !em.createQuery("select a.id from Account a", Long.class)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /** Keeps others from adding accounts until the transaction ends. */
  public void lock() {
    em.createNativeQuery("lock table account in share row exclusive mode").executeUpdate();
  }

  /** Adds an account. */
  public void add(
      Organisation organisation, Login login, String name, Viewer.Role role, String hash) {
    em.persist(new Account(organisation, login, name, role, hash));
  }

  /** The organisation with an id, which must exist. */
  public Organisation organisation(OrganisationId id) {
    Organisation found = em.find(Organisation.class, id.value());
    if (found == null) {
      throw new IllegalArgumentException("there is no organisation " + id.value());
    }
    return found;
  }

  /** The organisation that runs the installation; made with the given name if there is none. */
  public Organisation running(String name) {
    return em.createQuery(
            "select o from Organisation o where o.runsInstallation = true", Organisation.class)
        .getResultStream()
        .findFirst()
        .orElseGet(
            () -> {
              Organisation made = new Organisation(name, true);
              em.persist(made);
              return made;
            });
  }

  /** Sets the language of an account, if it exists. */
  public void chooseLocale(long accountId, Locale locale) {
    Account account = em.find(Account.class, accountId);
    if (account != null) {
      account.chooseLocale(locale);
    }
  }

  /**
   * Replaces a hash by a better one of the same password; does nothing if the password was changed
   * meanwhile. Not through the entity: two sign-ins at once are no conflict.
   */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void replaceHash(Account account, String hash) {
    em.createQuery(
            "update Account a set a.passwordHash = :hash where a.id = :id and a.passwordHash = :old")
        .setParameter("hash", hash)
        .setParameter("id", account.id())
        .setParameter("old", account.passwordHash())
        .executeUpdate();
  }
}
