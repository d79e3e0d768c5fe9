package org.kvantenergo.launcher.bench;

import java.util.Locale;

/** What is measured; each name and unit stands so in docs/performance.json. */
enum Quantity {
  /** Acknowledged, that is committed, records; for a limit those it stored or answered. */
  RECORDS_PER_SECOND("recordsPerSecond", "1/s", 0),
  /** Whole sessions, from connection to close. */
  SESSIONS_PER_SECOND("sessionsPerSecond", "1/s", 0),
  /** From sending READINGS to its ACK. */
  ACK_P50("ackP50", "ms", 1),
  ACK_P99("ackP99", "ms", 1),
  ACK_MAX("ackMax", "ms", 1),
  /** From the moment a module was due to the ACK of its record. */
  DUE_P50("dueP50", "ms", 1),
  DUE_P99("dueP99", "ms", 1),
  DUE_MAX("dueMax", "ms", 1),
  /** From the moment a module was due until the generator began with it. */
  LATE_P99("lateP99", "ms", 1),
  /** Processor time, user and kernel, of a process and all it started. */
  SERVER_CPU("serverCpuPerRecord", "µs", 1),
  POSTGRES_CPU("postgresCpuPerRecord", "µs", 1),
  GENERATOR_CPU("generatorCpuPerRecord", "µs", 1),
  /** Of the server's to PostgreSQL's processor time, in the same seconds. */
  CPU_RATIO("serverCpuToPostgresCpu", "1", 2),
  /** Sessions that are open at once. */
  SESSIONS("sessions", "1", 0),
  /** Records acknowledged. */
  RECORDS("records", "1", 0),
  /** Records that the archive was filled with before the rounds. */
  ARCHIVED("archived", "1", 0),
  /** Frames answered REJECT. */
  REJECTS("rejects", "1", 0),
  /** HELLO_ACK 4. */
  BUSY("busy", "1", 0),
  /** Sessions that did not end well, whatever the reason. */
  FAILED("failedSessions", "1", 0),
  /** Acknowledged records that are not in the archive. */
  MISSING("missing", "1", 0),
  /** Acknowledged records that are in the archive more than once. */
  TWICE("twice", "1", 0),
  /** Growth of the heap in use after a collection, a session. */
  HEAP_PER_SESSION("heapPerSession", "B", 0),
  /** Growth of the resident memory after a collection, a session. */
  RSS_PER_SESSION("rssPerSession", "B", 0),
  /**
   * Both together, which is no less than what a session takes: pages of the heap that were resident
   * before do not show in the resident memory, those that were not are counted twice.
   */
  MEMORY_PER_SESSION("memoryPerSession", "B", 0),
  /** Pages that are open. */
  WATCHERS("watchers", "1", 0),
  /** Growth of the heap in use after a collection, an open page with its session. */
  HEAP_PER_PAGE("heapPerPage", "B", 0),
  /** Messages with rows that were pushed to the pages. */
  NUDGES("nudges", "1", 0),
  /** The pages' own requests that followed: for the lower table, and for numbers. */
  PAGE_REQUESTS("pageRequests", "1", 0),
  PAGE_P50("pageP50", "ms", 1),
  PAGE_P99("pageP99", "ms", 1),
  PAGE_MAX("pageMax", "ms", 1),
  /** From the arrival of a packet at the server until a page that shows its device has it. */
  PUSH_P50("pushP50", "ms", 0),
  PUSH_P99("pushP99", "ms", 0),
  PUSH_MAX("pushMax", "ms", 0),
  /** Of a message with rows, the mean. */
  PAGE_BYTES("pageBytes", "B", 0),
  /** Devices on a page that reported, and the page did not hear of it. */
  UNSEEN("unseen", "1", 0);

  private final String key;
  private final String unit;
  private final int decimals;

  Quantity(String key, String unit, int decimals) {
    this.key = key;
    this.unit = unit;
    this.decimals = decimals;
  }

  /** Name in the JSON. */
  String key() {
    return key;
  }

  /** SI, or 1 for a count. */
  String unit() {
    return unit;
  }

  /** For people: with as many decimals as are worth reading. */
  String text(double value) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
