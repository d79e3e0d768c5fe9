/**
 * Frames that the database refused though their neighbours were stored: acknowledged, kept as they
 * came, tried again until they are stored, shown to people. Imports device and shared; ingest keeps
 * and retries, pages show. Every method joins the caller's transaction or begins one.
 */
package org.kvantenergo.setaside;
