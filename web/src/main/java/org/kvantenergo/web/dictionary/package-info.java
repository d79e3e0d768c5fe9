/** «Словарь ошибок»: what the bits of masks and status words mean. Imports feature faces. */
package org.kvantenergo.web.dictionary;
