/** The audit's SQL; imported by {@code audit} alone. */
package org.kvantenergo.audit.internal;
