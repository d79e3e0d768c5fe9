/**
 * What happened, for whoever wants to know: sealed event records, an outbox that is written in the
 * transaction of what happened, a relay that publishes to JMS. Imports shared; everyone may import
 * it.
 */
package org.kvantenergo.event;
