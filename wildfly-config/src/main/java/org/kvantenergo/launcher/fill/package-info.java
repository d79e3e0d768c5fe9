/**
 * Fills a demo's archive with records that its fleet would have sent: for measuring with a full
 * archive, and for trying out large installations. Knows the tables as the server's migrations have
 * made them; what columns, indexes and partitions there are it asks the database. {@link
 * org.kvantenergo.launcher.fill.ArchiveFiller} is for programs, {@link
 * org.kvantenergo.launcher.fill.Fill} for people.
 */
package org.kvantenergo.launcher.fill;
