package org.kvantenergo.shared;

/**
 * A number that the database knows and that is shown as a gauge. A feature produces some; {@code
 * metrics} asks for all of them every 15 s, outside of any transaction and for at most 2 s each.
 *
 * @param name of the gauge, in Micrometer's spelling: {@code kvant.outbox.waiting}
 * @param help what it is, in a few words
 * @param sql gives one row with one number; must be cheap, with an upper bound to what it looks at
 */
public record WatchedNumber(String name, String help, String sql) {}
