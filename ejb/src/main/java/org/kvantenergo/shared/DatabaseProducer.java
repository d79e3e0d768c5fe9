package org.kvantenergo.shared;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import javax.sql.DataSource;

/** The one place that knows where the database comes from. */
@ApplicationScoped
public class DatabaseProducer {

  @Resource(lookup = "java:comp/DefaultDataSource")
  private DataSource dataSource;

  /** The server's default datasource; its connections join the transaction of their thread. */
  @Produces
  public DataSource dataSource() {
    return dataSource;
  }
}
