package org.kvantenergo.it.browser;

import java.sql.SQLException;
import org.kvantenergo.it.KvantInstance;
import org.kvantenergo.it.Talk;
import org.kvantenergo.it.security.Estate;
import org.kvantenergo.shared.Permission;
import org.kvantenergo.simulator.ModuleIdentity;

/**
 * Something to be seen on every page: a town with meters and an account, an organisation with a
 * module, its record and a frame that was set aside, a stranger and one that may have been swapped.
 *
 * @param kvant where
 * @param person who may do everything, and is asked for no second password
 * @param estate the organisation
 */
record Showcase(KvantInstance kvant, Person person, Estate estate) implements AutoCloseable {

  private static final long TIME = 1_690_016_400L;

  /**
   * Puts it all there.
   *
   * @param name of the person and of the organisation
   * @param module number of a module that nobody else has, as is the next one
   */
  static Showcase open(KvantInstance kvant, String name, int module) throws Exception {
    Town town = Town.build(kvant);
    town.meter(2001, "1001", 1004);
    town.meter(2002, "1002", 1005);
    town.run(
        """
        with a as (
          insert into consumer_account (organisation_id, number)
          select id, '40-1' from organisation where runs_installation returning id)
        insert into account_site (account_id, site_id, holder, valid)
        select id, 1004, 'Иванов И. И.', daterange('2026-02-01', null) from a
        """);
    Person person = Person.make(kvant, name, Permission.values());
    person.role("without_second_password = true");
    Estate estate = Estate.below(kvant, name, module);
    speak(kvant, ModuleIdentity.unknown(module + 1));
    ModuleIdentity owner = ModuleIdentity.unknown(module);
    speak(
        kvant,
        new ModuleIdentity(
            owner.imei() + 500_000, owner.serial(), owner.model(), owner.firmware(), ""));
    return new Showcase(kvant, person, estate);
  }

  private static void speak(KvantInstance kvant, ModuleIdentity module) throws Exception {
    try (Talk talk = new Talk(kvant.modulePort())) {
      talk.sendAtOnce(Talk.session(module, Talk.slice(1, TIME, 1.5)));
      talk.answers(3);
    }
  }

  /** An address with what is only known now. */
  String filled(String query) {
    return query.replace("ESTATE", Long.toString(estate.id())).replace("RECORD", estate.record());
  }

  @Override
  public void close() throws SQLException {
    estate.close();
    Town.none(kvant);
    person.run("delete from sign_in_failure");
  }
}
