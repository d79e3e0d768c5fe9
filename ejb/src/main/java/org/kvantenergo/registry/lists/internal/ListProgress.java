package org.kvantenergo.registry.lists.internal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import javax.sql.DataSource;
import org.kvantenergo.registry.lists.ListId;
import org.kvantenergo.shared.Sql;

/** How far the work on a list is: in transactions of its own, so that others see it. */
@ApplicationScoped
public class ListProgress {

  private final Sql sql;

  @Inject
  public ListProgress(DataSource dataSource) {
    this.sql = new Sql(dataSource);
  }

  /** For the proxies of CDI. */
  protected ListProgress() {
    this(null);
  }

  /**
   * Notes it, 0..100.
   *
   * @throws GivenUpException if nobody wants the list any more
   */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void at(ListId list, int percent) {
    int wanted =
        sql.update(
            "noting progress",
            """
            update meter_list set progress = ?, touched_at = now()
            where id = ? and state in ('READING', 'APPLYING')
            """,
            percent,
            list.value());
    if (wanted == 0) {
      throw new GivenUpException();
    }
  }

  /** Nothing was changed. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void failed(ListId list) {
    sql.update(
        "noting a failure",
        """
        update meter_list set state = 'FAILED', touched_at = now()
        where id = ? and state in ('READING', 'APPLYING')
        """,
        list.value());
  }
}
