/**
 * What all jobs share: their numbered messages and the listener that writes them. Jobs import it; a
 * job is a package {@code jobs.x} and a file {@code META-INF/batch-jobs/x.xml}, and no job imports
 * another.
 */
package org.kvantenergo.jobs;
