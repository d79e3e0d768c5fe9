/** The page of the registry of devices: registering, swaps, groups, keys. Imports feature faces. */
package org.kvantenergo.web.devices;
