/**
 * The history of sessions with the settings (INFO) that they brought. Imports device, event and
 * shared; ingest and pages may import it. Every method joins the caller's transaction or begins
 * one.
 */
package org.kvantenergo.session;
