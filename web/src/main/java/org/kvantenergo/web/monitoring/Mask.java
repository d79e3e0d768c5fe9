package org.kvantenergo.web.monitoring;

/**
 * One error mask.
 *
 * @param value u16, 0 = no error
 * @param names of the bits that are set, with commas between them
 * @param tone style class of the chip, empty for nothing to be looked at
 */
public record Mask(int value, String names, String tone) {}
