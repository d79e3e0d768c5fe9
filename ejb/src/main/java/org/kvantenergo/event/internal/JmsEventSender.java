package org.kvantenergo.event.internal;

import jakarta.annotation.Resource;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Topic;
import java.util.List;
import java.util.UUID;
import org.kvantenergo.event.EventTopic;

/**
 * Sends events to the topic. Outside of transactions: in one, Artemis answers a duplicate by
 * rolling everything back, outside it drops the one message, which is what is wanted.
 */
@Stateless
@Local(EventSender.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@JMSDestinationDefinition(
    name = EventTopic.JNDI,
    interfaceName = "jakarta.jms.Topic",
    destinationName = EventTopic.NAME)
public class JmsEventSender implements EventSender {

  /** Artemis keeps a window of these ids and drops a message whose id it has seen. */
  private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

  @Resource(lookup = "java:comp/DefaultJMSConnectionFactory")
  private ConnectionFactory factory;

  @Resource(lookup = EventTopic.JNDI)
  private Topic topic;

  @Override
  public void send(UUID installation, List<LoggedEvent> events) {
    try (JMSContext context = factory.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
      JMSProducer producer = context.createProducer();
      for (LoggedEvent event : events) {
        producer
            .clearProperties()
            .setProperty(EventTopic.KIND, event.kind())
            .setProperty(EventTopic.CURSOR, event.cursor())
            .setProperty(DUPLICATE_ID, installation + ":" + event.cursor())
            .send(topic, EventCodec.message(event));
      }
    } catch (JMSRuntimeException e) {
      throw new BrokerException(e);
    }
  }
}
