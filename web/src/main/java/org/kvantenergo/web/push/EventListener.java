package org.kvantenergo.web.push;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import jakarta.jms.TextMessage;
import org.kvantenergo.event.EventMessage;
import org.kvantenergo.event.EventTopic;

/** Takes events from the topic, on every node that has browsers. */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(
          propertyName = "destinationLookup",
          propertyValue = EventTopic.JNDI),
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Topic")
    })
public class EventListener implements MessageListener {

  @Inject private PushHub hub;

  @Override
  public void onMessage(Message message) {
    if (message instanceof TextMessage text) {
      try {
        EventMessage.parse(text.getText()).ifPresent(hub::happened);
      } catch (JMSException e) {
        throw new IllegalStateException("an event could not be read", e);
      }
    }
  }
}
