/** The operator's manual inside the application, for whoever is signed in, without the internet. */
package org.kvantenergo.web.help;
