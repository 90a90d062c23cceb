/**
 * Numbers of requests, one of each for each request, in as few bytes as they take: whole blocks of them as differences of
 * neighbours, exactly. They can be read in their order, in ascending order, and by rank, and are never all unpacked at once.
 */
package io.inferometer.stats.column;
