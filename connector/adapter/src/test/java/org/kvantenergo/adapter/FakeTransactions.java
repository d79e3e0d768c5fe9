package org.kvantenergo.adapter;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** One transaction a thread, with at most one synchronization. */
public final class FakeTransactions implements TransactionSynchronizationRegistry {

  private static final ThreadLocal<Transaction> CURRENT = new ThreadLocal<>();

  private static final class Transaction {
    private Synchronization synchronization;
    private boolean rollbackOnly;
  }

  void begin() {
    CURRENT.set(new Transaction());
  }

  /** Ends it and tells how; returns whether it was committed. */
  boolean end(boolean commits) {
    Transaction transaction = CURRENT.get();
    CURRENT.remove();
    boolean committed = commits && !transaction.rollbackOnly;
    if (transaction.synchronization != null) {
      transaction.synchronization.afterCompletion(
          committed ? Status.STATUS_COMMITTED : Status.STATUS_ROLLEDBACK);
    }
    return committed;
  }

  @Override
  public void registerInterposedSynchronization(Synchronization synchronization) {
    if (CURRENT.get() == null) {
      throw new IllegalStateException("no transaction");
    }
    CURRENT.get().synchronization = synchronization;
  }

  @Override
  public void setRollbackOnly() {
    CURRENT.get().rollbackOnly = true;
  }

  @Override
  public boolean getRollbackOnly() {
    return CURRENT.get().rollbackOnly;
  }

  @Override
  public int getTransactionStatus() {
    return CURRENT.get() == null ? Status.STATUS_NO_TRANSACTION : Status.STATUS_ACTIVE;
  }

  @Override
  public Object getTransactionKey() {
    return CURRENT.get();
  }

  @Override
  public void putResource(Object key, Object value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object getResource(Object key) {
    throw new UnsupportedOperationException();
  }
}
