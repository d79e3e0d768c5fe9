/**
 * The fuzzer of sessions: an oracle written from docs/protocol.md, generated scripts of what a
 * device and its surroundings do, and faults planted into the server to prove that it finds them.
 * Nothing here knows the server's code, so that no mistake is made twice; the real server is put
 * behind {@link org.kvantenergo.adapter.fuzz.Server} by {@code adapter.net}. One thread.
 */
package org.kvantenergo.adapter.fuzz;
