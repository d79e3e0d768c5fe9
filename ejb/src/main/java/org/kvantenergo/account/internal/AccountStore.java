package org.kvantenergo.account.internal;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kvantenergo.account.ReadyRole;
import org.kvantenergo.shared.OrganisationId;

/** Accounts in the database. */
@Stateless
public class AccountStore {

  private static final String RIGHTS =
      """
      with asked as (
        select unnest(cast(string_to_array(?1, ',') as bigint[])) as id
      ), held as (
        select a.id as account, r.id, r.demands_second_factor, r.without_second_password
        from account a join account_role h on h.account_id = a.id join role r on r.id = h.role_id
        where a.id in (select id from asked) and role_counts(r.organisation_id, a.organisation_id))
      select a.id,
        coalesce((select string_agg(distinct p.permission, ' ')
          from held h join role_permission p on p.role_id = h.id where h.account = a.id), ''),
        exists (select from held h where h.account = a.id and h.demands_second_factor),
        exists (select from second_factor f
          where f.account_id = a.id and f.confirmed_at is not null),
        exists (select from held h join role_permission p on p.role_id = h.id
          where h.account = a.id and h.without_second_password
            and p.permission = 'TECHNOLOGICAL_MODE')
      from asked a
      """;

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

  /** The accounts with logins, as they are stored. */
  public List<Account> byLogins(Collection<String> logins) {
    return logins.isEmpty()
        ? List.of()
        : em.createQuery(
                "select a from Account a join fetch a.organisation where a.login in :logins",
                Account.class)
            .setParameter("logins", logins)
            .getResultList();
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

  /** Adds an account with a ready-made role. */
  public void add(
      Organisation organisation, Login login, String name, ReadyRole role, String hash) {
    Account account = new Account(organisation, login, name, hash);
    em.persist(account);
    em.flush();
    em.createNativeQuery(
            "insert into account_role select ?1, id from role"
                + " where organisation_id is null and name = ?2")
        .setParameter(1, account.id())
        .setParameter(2, role.name())
        .executeUpdate();
  }

  /** Ready-made roles open «Технологический режим» without the second password. */
  public void openModeForReadyRoles() {
    em.createNativeQuery(
            "update role set without_second_password = true where organisation_id is null")
        .executeUpdate();
  }

  /** Whether the password was taken from an account, so that it signs on by a provider alone. */
  public boolean passwordless(long account) {
    return (Boolean)
        em.createNativeQuery(
                "select exists (select from provider_link l join account a on a.id = l.account_id"
                    + " where a.id = ?1 and "
                    + SqlProviderLinks.PASSWORDLESS
                    + ")")
            .setParameter(1, account)
            .getSingleResult();
  }

  /** What an account's roles allow and ask: every request of a person asks for it. */
  public Rights rights(long account) {
    return rights(List.of(account)).get(account);
  }

  /** The same of several, by account. */
  public Map<Long, Rights> rights(Collection<Long> accounts) {
    String ids = accounts.stream().map(String::valueOf).collect(Collectors.joining(","));
    Map<Long, Rights> rights = new HashMap<>();
    for (Object found : em.createNativeQuery(RIGHTS).setParameter(1, ids).getResultList()) {
      Object[] row = (Object[]) found;
      rights.put(
          ((Number) row[0]).longValue(),
          new Rights(
              Rights.known(List.of(((String) row[1]).split(" "))),
              (Boolean) row[2],
              (Boolean) row[3],
              (Boolean) row[4]));
    }
    return rights;
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

  /** Sets language and time zone. */
  public void changeSettings(long accountId, Locale locale, ZoneId zone) {
    em.createNativeQuery("update account set locale = ?1, zone = ?2 where id = ?3")
        .setParameter(1, locale.toLanguageTag())
        .setParameter(2, zone.getId())
        .setParameter(3, accountId)
        .executeUpdate();
  }

  /** Sets a password of the person's own choice, and ends the other sessions. */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void choosePassword(long accountId, String hash, byte[] sessionDigest) {
    em.createNativeQuery(
            "update account set password_hash = ?1, must_change = false, first_until = null,"
                + " password_changed_at = now(), version = version + 1 where id = ?2")
        .setParameter(1, hash)
        .setParameter(2, accountId)
        .executeUpdate();
    em.createNativeQuery("delete from sign_in_half where account_id = ?1")
        .setParameter(1, accountId)
        .executeUpdate();
    em.createNativeQuery("delete from account_session where account_id = ?1 and digest <> ?2")
        .setParameter(1, accountId)
        .setParameter(2, sessionDigest)
        .executeUpdate();
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
