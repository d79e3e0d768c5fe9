package org.kvantenergo.registry;

import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A consumer account in one of its periods.
 *
 * @param id the account
 * @param number of the account
 * @param home where it is; null if it is nowhere
 */
public record ConsumerAccount(ConsumerId id, String number, Home home) {

  /**
   * Where an account is.
   *
   * @param site the site
   * @param address of the site, from the top down
   * @param zone in which the days of the site begin
   * @param holder name of the consumer, empty if not known
   * @param since the first day
   * @param until the first day on which it is there no more; null: it is there still
   */
  public record Home(
      SiteId site, String address, ZoneId zone, String holder, LocalDate since, LocalDate until) {}
}
