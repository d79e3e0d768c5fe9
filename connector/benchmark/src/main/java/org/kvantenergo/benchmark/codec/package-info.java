/**
 * What the bytes of the protocol cost: JMH over {@code wire}, time and memory a frame. JMH makes
 * its own threads, or processes.
 */
package org.kvantenergo.benchmark.codec;
