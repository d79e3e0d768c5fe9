/**
 * The job {@code archive-partitions}: keeps the months of the archive made ahead. Imports the face
 * of {@code reading}; nobody imports it. Runs after the start and every night, on every node: who
 * comes second finds nothing to do.
 */
package org.kvantenergo.jobs.partitions;
