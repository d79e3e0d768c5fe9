package org.kvantenergo.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.Topic;
import jakarta.transaction.UserTransaction;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kvantenergo.account.Accounts;
import org.kvantenergo.account.SignIn;
import org.kvantenergo.device.DeviceDirectory;
import org.kvantenergo.event.Event;
import org.kvantenergo.event.EventMessage;
import org.kvantenergo.event.EventTopic;
import org.kvantenergo.event.Outbox;
import org.kvantenergo.shared.DeviceId;

/** What the server's configuration promises to the application, asked from inside it. */
@ExtendWith(ArquillianExtension.class)
class InContainerIT {
  @Inject DeviceDirectory devices;

  @Resource DataSource database;

  @Resource(lookup = "java:jboss/datasources/KvantDS")
  DataSource named;

  @Resource ConnectionFactory broker;

  @Resource(lookup = EventTopic.JNDI)
  Topic topic;

  @Resource(lookup = "java:comp/UserTransaction")
  UserTransaction transaction;

  @Inject Outbox outbox;

  @Inject Accounts accounts;

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
  void eventReachesTheTopicAfterItsCommitAndOnlyThen() throws Exception {
    try (JMSContext jms = broker.createContext()) {
      JMSConsumer consumer = jms.createConsumer(topic);
      append(-1);
      transaction.rollback();
      append(-2);
      transaction.commit();
      // Other events of this server may come first.
      EventMessage message;
      do {
        message = EventMessage.parse(consumer.receiveBody(String.class, 10_000)).orElseThrow();
        assertThat(message.event().devices()).doesNotContain(new DeviceId(-1));
      } while (!message.event().devices().contains(new DeviceId(-2)));
      assertThat(message.event()).isInstanceOf(Event.DevicesChanged.class);
    }
  }

  private void append(long device) throws Exception {
    transaction.begin();
    outbox.append(List.of(new Event.DevicesChanged(List.of(new DeviceId(device)))));
  }

  @Test
  void failureToSignInStaysCountedWhenTheCallerRollsBack() throws Exception {
    transaction.begin();
    SignIn first = accounts.signIn("nobody", "wrong".toCharArray(), "127.0.0.1");
    transaction.rollback();
    assertThat(first).isEqualTo(new SignIn.Refused(4));
    assertThat(accounts.signIn("nobody", "wrong".toCharArray(), "127.0.0.1"))
        .isEqualTo(new SignIn.Refused(3));
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
