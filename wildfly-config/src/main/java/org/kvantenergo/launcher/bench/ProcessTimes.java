package org.kvantenergo.launcher.bench;

import java.util.List;

/**
 * A process's line in /proc/PID/stat (proc(5)).
 *
 * @param pid who
 * @param parent who started it
 * @param own clock ticks that its threads took, ended ones too: utime and stime
 * @param ended clock ticks of its children that have ended and were waited for: cutime and cstime
 */
record ProcessTimes(long pid, long parent, long own, long ended) {

  private static final int PARENT = 1;
  private static final int UTIME = 11;

  /** Fields are counted after the name, which may hold spaces and brackets of its own. */
  static ProcessTimes parse(String stat) {
    int name = stat.indexOf('(');
    int after = stat.lastIndexOf(')');
    if (name < 0 || after < name) {
      throw new IllegalArgumentException("not a process's stat: " + stat);
    }
    List<String> fields = List.of(stat.substring(after + 1).strip().split(" +"));
    return new ProcessTimes(
        Long.parseLong(stat.substring(0, name).strip()),
        Long.parseLong(fields.get(PARENT)),
        Long.parseLong(fields.get(UTIME)) + Long.parseLong(fields.get(UTIME + 1)),
        Long.parseLong(fields.get(UTIME + 2)) + Long.parseLong(fields.get(UTIME + 3)));
  }

  long ticks() {
    return own + ended;
  }
}
