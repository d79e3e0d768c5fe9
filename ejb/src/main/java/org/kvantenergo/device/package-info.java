/**
 * The registry of devices, their groups and current state. Imports event and shared; ingest, jobs
 * and pages may import it. Every method joins the caller's transaction or begins one.
 */
package org.kvantenergo.device;
