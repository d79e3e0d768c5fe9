/**
 * The pages of meters, addresses and accounts, the page of lists, uploads and downloads. Imports
 * faces.
 */
package org.kvantenergo.web.registry;
