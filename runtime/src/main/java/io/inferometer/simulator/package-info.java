/**
 * The simulated endpoint: an OpenAI-compatible server that answers on a schedule, for trying things out without a GPU
 * and for measuring what a client itself adds.
 *
 * <p>Three concerns, apart:
 *
 * <ul>
 *   <li>When: a {@code Model} decides when which tokens of which answer are due. It is a function of virtual time
 *       (nanoseconds since the server started), knows no clock, no socket and no thread, and is tested without them.
 *   <li>Pacing: a {@code Pacer} plays one model in real time. It owns the virtual clock of one event loop.
 *   <li>What: a {@code Connection} reads requests, an {@code Api} checks them, an {@code Answer} turns due tokens into
 *       bytes. Faults are made here, by what an answer writes.
 * </ul>
 *
 * <p>Threads: everything of a connection, its model included, is confined to that connection's event loop. Each loop
 * has one more thread, the pacer's alarm, which only sleeps and wakes the loop. All threads are named {@code sim-…} and
 * daemons.
 *
 * <p>Memory: an open stream holds its fixed bytes, once, and at most one write buffer's high-water mark of unsent
 * events; what is due beyond that is a count until the client reads on. Per event nothing but a pooled buffer is used.
 */
package io.inferometer.simulator;
