/**
 * The archive of records. Imports device, event and shared; ingest, consumption, jobs and pages may
 * import it. Every method joins the caller's transaction or begins one.
 */
package org.kvantenergo.reading;
