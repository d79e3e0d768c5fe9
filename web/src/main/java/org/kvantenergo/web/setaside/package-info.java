/** The page of frames that were set aside, and the chip that leads to it. Imports feature faces. */
package org.kvantenergo.web.setaside;
