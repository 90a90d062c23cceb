/** The simulated endpoint on the wire: its API, its connections, and the bytes of its answers. */
package io.inferometer.simulator.http;
