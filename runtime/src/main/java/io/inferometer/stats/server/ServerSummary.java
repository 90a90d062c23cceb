package io.inferometer.stats.server;

import java.util.List;
import java.util.Map;

/**
 * A trial's server by its own count.
 *
 * @param figures all replicas together, in all measured iterations
 * @param iterations all replicas together, in each of them
 * @param replicas each page by itself, by its number
 */
public record ServerSummary(ServerFigures figures, List<OfIteration> iterations, List<Replica> replicas) {
    /**
     * Copies its lists.
     *
     * @param figures as of the record
     * @param iterations copied
     * @param replicas copied
     */
    public ServerSummary {
        iterations = List.copyOf(iterations);
        replicas = List.copyOf(replicas);
    }

    /** All replicas together in one iteration of a fork. */
    public record OfIteration(int fork, int iteration, ServerFigures figures) {}

    /**
     * One page.
     *
     * @param number its number
     * @param url where it is; empty where that was not told
     * @param engine the engine whose names are on it; empty where there are none
     * @param configuration what the server said of its configuration, by path
     * @param figures in all measured iterations
     * @param course its readings
     */
    public record Replica(
            int number,
            String url,
            String engine,
            Map<String, Object> configuration,
            ServerFigures figures,
            ReplicaCourse course) {}

    /** {@return how often pages were asked for} */
    public long scrapes() {
        return replicas.stream().mapToLong(replica -> replica.course.scrapes()).sum();
    }

    /** {@return how often a page did not answer} */
    public long misses() {
        return replicas.stream().mapToLong(replica -> replica.course.misses()).sum();
    }

    /** {@return how often a server was started again meanwhile} */
    public long restarts() {
        return replicas.stream().mapToLong(replica -> replica.course.restarts()).sum();
    }
}
