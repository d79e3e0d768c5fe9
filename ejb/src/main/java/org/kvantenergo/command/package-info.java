/**
 * Commands to devices: the queue, who may send one now, what came back. Imports wire.command,
 * device, event and shared; ingest and pages may import it. Every method joins the caller's
 * transaction or begins one.
 */
package org.kvantenergo.command;
