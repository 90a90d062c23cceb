package io.inferometer.record.server;

import java.util.Map;

/**
 * Something that was learnt of a server while a trial was measured: a reading of one of its pages of metrics, or what the
 * server is. A trial's pages, one for each replica, have numbers from 0.
 */
public sealed interface ServerRecord permits ServerReading, ServerTold {
    /** {@return the number of the page} */
    int replica();

    /** {@return what a journal keeps of it} */
    Map<String, Object> toMap();

    /**
     * {@return the same, of another time}
     *
     * @param nanos what is added to its time
     */
    ServerRecord later(long nanos);

    /** {@return the same, of a trial that was not alone: what others had in flight is not known} */
    ServerRecord amongOthers();

    /**
     * {@return what a journal has kept}
     *
     * @param map as {@link #toMap} made it
     * @throws IllegalArgumentException if it can't be that
     */
    static ServerRecord ofMap(Map<String, Object> map) {
        return map.containsKey("url") ? ServerTold.ofMap(map) : ServerReading.ofMap(map);
    }

    /**
     * {@return a number that must be there}
     *
     * @param map as of {@link #ofMap}
     * @param name its key
     */
    static Number number(Map<String, Object> map, String name) {
        if (map.get(name) instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException("what is told of a server has no number " + name);
    }
}
