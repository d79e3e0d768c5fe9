package org.kvantenergo.benchmark.insert;

import java.sql.SQLException;

/** One connection's way of storing a batch. One thread. */
interface Writer extends AutoCloseable {

  /** What the state says of a device besides its records. */
  short PROTOCOL = 5;

  /** Model of the made-up devices, u16. */
  int MODEL = 1;

  /** ICCID of the made-up devices. */
  String ICCID = "8970199000000000000";

  /**
   * Stores the records and moves the states of their devices forward, in one commit.
   *
   * @return how many records were new
   */
  int write(Rows rows) throws SQLException;

  @Override
  void close() throws SQLException;
}
