/** What goes wrong with the simulated endpoint when it is asked to: each fault is one word. */
package io.inferometer.simulator.fault;
