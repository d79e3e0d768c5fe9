/**
 * Pages of commands to devices: what is sent, what became of it, campaigns. Imports feature faces,
 * format, grid and security of web.
 */
package org.kvantenergo.web.command;
