/**
 * Commands to devices: who asks for them, the queue, who may send one now, what came back, and
 * whether it is in force. Imports wire.command, account, audit, device, event, reading and shared;
 * ingest and pages may import it. Every method joins the caller's transaction or begins one, but
 * for streams, which must be called outside of one.
 */
package org.kvantenergo.command;
