package org.kvantenergo.registry.lists.internal;

import org.kvantenergo.registry.lists.Problem;

/** The file as a whole cannot be taken. */
final class RefusedFile extends Exception {

  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final int line;
  private final String value;

  RefusedFile(Problem problem, int line, String value) {
    super(problem + " in line " + line);
    this.problem = problem;
    this.line = line;
    this.value = value;
  }

  Problem problem() {
    return problem;
  }

  int line() {
    return line;
  }

  String value() {
    return value;
  }
}
