/**
 * The scripts of {@code src/test/resources/dialogues} against a deployed server, and whether every
 * clause of docs/protocol.md has one.
 */
package org.kvantenergo.it.dialogue;
