/**
 * The simulated endpoint: a server that speaks the usual protocols and answers on a schedule, for trying things out
 * without a GPU and for measuring what a client itself adds.
 *
 * <p>Three concerns, apart:
 *
 * <ul>
 *   <li>When: a {@code TokenSchedule} decides when which tokens of which answer are due. It is a function of virtual time
 *       (nanoseconds since the server started), knows no clock, no socket and no thread, and is tested without them. A
 *       {@code Metronome} keeps fixed times; a {@code BatchScheduler} batches requests by {@code StepCosts}, of which
 *       {@code EnginePreset} has those that are fitted to real machines.
 *   <li>Pacing: a {@code Pacer} plays one schedule in real time. It owns the virtual clock of one event loop.
 *   <li>What: a {@code ClientConnection} reads requests, an {@code Api} checks them, an {@code AnswerBody} turns due
 *       tokens into bytes, in the format of its protocol. Each fault is a word of {@code Fault}: {@code Refusals} answers
 *       in the place of a response, {@code Distortion} changes an answer's events, and the connection itself resets and
 *       stalls.
 * </ul>
 *
 * <p>Requests that share an engine wait for each other, so a profile with an engine is played on one event loop, with one
 * schedule. Prompts of such a profile are counted by a {@code TokenCounter} on a thread of its own before they are submitted;
 * the count's time is part of the ingress delay, which is taken from the moment the request had been read.
 *
 * <p>Threads: everything of a connection, its schedule included, is confined to that connection's event loop. Each loop
 * has one more thread, the pacer's alarm, which only sleeps and wakes the loop. All threads are named {@code sim-…} and
 * daemons.
 *
 * <p>Memory: an open stream holds its fixed bytes, once, and at most one write buffer's high-water mark of unsent
 * events; what is due beyond that is a count until the client reads on. Per event nothing but a pooled buffer is used,
 * and with an engine a small record until it is due.
 */
package io.inferometer.simulator;
