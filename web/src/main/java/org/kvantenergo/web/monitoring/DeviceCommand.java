package org.kvantenergo.web.monitoring;

import org.kvantenergo.web.command.CommandLine;

/**
 * A line of the tab «Команды».
 *
 * @param command as all pages show it
 * @param name its id, in the viewer's language
 * @param next what is waited for, or what came of it; empty if there is nothing to say
 */
public record DeviceCommand(CommandLine command, String name, String next) {}
