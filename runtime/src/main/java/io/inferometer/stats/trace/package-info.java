/** How near a run came to the data that it was of: what these declared beside what was delivered. Pure numbers. */
package io.inferometer.stats.trace;
