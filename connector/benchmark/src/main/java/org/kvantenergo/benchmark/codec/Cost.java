package org.kvantenergo.benchmark.codec;

/**
 * What one operation costs.
 *
 * @param nanos time, ns, mean
 * @param error half of the 99.9 % confidence interval of it, ns; not a number where too little was
 *     measured to tell
 * @param bytes allocated
 */
public record Cost(double nanos, double error, double bytes) {}
