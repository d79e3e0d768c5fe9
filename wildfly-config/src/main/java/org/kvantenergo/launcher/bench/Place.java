package org.kvantenergo.launcher.bench;

import java.nio.file.Path;

/**
 * What was built, and where to work.
 *
 * @param root the project's folder
 * @param home the provisioned server
 * @param ear the application
 * @param simulator the program that asks
 * @param limits the program of the bare limits
 * @param folder data of the run; emptied first
 */
record Place(Path root, Path home, Path ear, Path simulator, Path limits, Path folder) {

  /** The same with a folder inside this one's. */
  Place in(String name) {
    return new Place(root, home, ear, simulator, limits, folder.resolve(name));
  }
}
