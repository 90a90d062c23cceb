/**
 * When tokens come: the metronome, and engines that batch requests. Confined to one event loop; time is
 * what the caller says it is.
 */
package io.inferometer.simulator.engine;
