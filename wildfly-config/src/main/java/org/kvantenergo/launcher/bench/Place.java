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
record Place(Path root, Path home, Path ear, Path simulator, Path limits, Path folder) {}
