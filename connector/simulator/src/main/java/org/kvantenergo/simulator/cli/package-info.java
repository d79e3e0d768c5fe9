/**
 * The program: commands, options, progress line, exit code. Imported by nobody. Exit codes: 0 every
 * acknowledgement came, 1 some did not, 2 wrong usage.
 */
package org.kvantenergo.simulator.cli;
