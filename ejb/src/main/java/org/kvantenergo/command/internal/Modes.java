package org.kvantenergo.command.internal;

/**
 * The mode of {@code device d} with its state {@code s}, as SQL: what its newest record says, or
 * what it said of itself since then by a result.
 */
final class Modes {

  /** Results that tell the mode; the same text as in the index command_mode. */
  static final String TELLING = "(m.result = 1 or m.code in (2, 3) and m.result = 0)";

  /** A lateral join that {@link #MODE} needs. */
  static final String JOIN =
      """
      left join lateral (
        select m.code = 3 and m.result = 0 as open, m.result_at from command m
        where m.device_id = d.id and %s
        order by m.result_at desc limit 1) told on true
      """
          .formatted(TELLING);

  /** The name of an {@link org.kvantenergo.command.DeviceMode}. */
  static final String MODE =
      """
      case when told.result_at is not null
          and (s.module_time is null or s.status is null or told.result_at > s.module_time)
          then case when told.open then 'OPEN' else 'LOCKED' end
        when s.status is null then 'UNKNOWN'
        when s.status & 16384 <> 0 then 'OPEN' else 'LOCKED' end
      """;

  private Modes() {}
}
