package org.kvantenergo.event;

/** The topic on which events are published, and what its messages carry beside their text. */
public final class EventTopic {

  /** Where the topic is found by every module of the application. */
  public static final String JNDI = "java:app/jms/kvantEvents";

  /** What the broker calls it; over AMQP or STOMP too. */
  public static final String NAME = "kvant.events";

  /** String property: the kind of the event, so that a selector can choose. */
  public static final String KIND = "kvantKind";

  /** Long property: the cursor, rising by one from message to message. */
  public static final String CURSOR = "kvantCursor";

  private EventTopic() {}
}
