/** How far the statistics of a trial would be from these if it were measured again. */
package io.inferometer.stats.interval;
