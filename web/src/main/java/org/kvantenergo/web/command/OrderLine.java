package org.kvantenergo.web.command;

/**
 * A line of «Проверка».
 *
 * @param name of what it is about, for tests
 * @param icon of it
 * @param tone style class
 * @param count how many; empty if it is about none
 * @param text what becomes of them
 * @param few numbers of a few of them
 * @param all numbers of all that are known
 */
public record OrderLine(
    String name, String icon, String tone, String count, String text, String few, String all) {}
