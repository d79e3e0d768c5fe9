package org.kvantenergo.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.TemporaryQueue;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.device.DeviceDirectory;

/** What the server's configuration promises to the application, asked from inside it. */
@ExtendWith(ArquillianExtension.class)
class InContainerIT {
  @Inject DeviceDirectory devices;

  @Resource DataSource database;

  @Resource(lookup = "java:jboss/datasources/KvantDS")
  DataSource named;

  @Resource ConnectionFactory broker;

  @Deployment
  static EnterpriseArchive ear() {
    return Deployments.earWith(InContainerIT.class);
  }

  @Test
  void faceIsInjectable() {
    assertThat(devices).isNotNull();
  }

  @Test
  void defaultDatasourceIsOurs() throws Exception {
    assertThat(named).isNotNull();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT current_user, current_database()")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("kvant");
      assertThat(row.getString(2)).isEqualTo("kvant");
    }
  }

  @Test
  void brokerDeliversWhatItIsGiven() {
    try (JMSContext jms = broker.createContext()) {
      TemporaryQueue queue = jms.createTemporaryQueue();
      JMSProducer producer = jms.createProducer();
      producer.send(queue, "сообщение");
      assertThat(jms.createConsumer(queue).receiveBody(String.class, 5_000)).isEqualTo("сообщение");
    }
  }

  @Test
  @RunAsClient
  void rootLeadsToTheSignInPage(@ArquillianResource URL base) throws Exception {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(base.toString()).toURL().openConnection();
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(connection.getURL().getPath()).contains("login");
  }
}
