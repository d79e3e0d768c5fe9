/**
 * A real Chromium for tests of pages: where it comes from, and a fresh page for each test. A
 * browser that cannot be had fails the tests; it never skips them.
 */
package org.kvantenergo.it.browser;
