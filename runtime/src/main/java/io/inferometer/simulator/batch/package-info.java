/**
 * The Batch API: files, and jobs that run their lines through the engine that interactive requests use.
 *
 * <p>Threads: what jobs there are, and how far each has come, is confined to one thread, {@code sim-batch}; files are taken in
 * and checked on another, {@code sim-files}. Neither is an event loop.
 *
 * <p>Memory: files are on disk, in a directory that goes with the endpoint. Of a job's lines those that run are in memory, and
 * while its file is checked the ids of all.
 */
package io.inferometer.simulator.batch;
