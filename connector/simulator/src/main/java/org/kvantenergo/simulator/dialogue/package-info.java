/**
 * Conversations with a server as text scripts (docs/dialogues.md): the language, a player, and what
 * a script may ask of the surroundings. Everything that knows bytes is written from
 * docs/protocol.md alone and uses nothing of {@code org.kvantenergo.wire}: a mistake there must not
 * agree with itself (docs/adr/0044). Imported by {@code simulator.cli} and by the tests of a
 * deployed server. A player belongs to one thread; scripts run side by side in players of their
 * own.
 */
package org.kvantenergo.simulator.dialogue;
