/**
 * Tables as files: what a table gives ({@link org.kvantenergo.web.export.TableSource}), how each
 * format is written, and what is running. Pages give the sources; nothing here knows a page. A file
 * is written by the thread of the request that it answers, row by row from a cursor, and never
 * held.
 */
package org.kvantenergo.web.export;
