package io.inferometer.record.server;

import java.util.Map;

/**
 * Something that was learnt of a server while a trial was measured: a reading of one of its pages of metrics, or what the
 * server is. A trial's pages, one for each replica, have numbers from 0.
 */
public sealed interface ServerRecord permits ServerReading, ServerTold {
    /** The number of the page. */
    int replica();

    /** As a journal keeps it. */
    Map<String, Object> toMap();

    /** The same, of another time. */
    ServerRecord later(long nanos);

    /** The same, of a trial that was not alone: what others had in flight is not known. */
    ServerRecord amongOthers();

    /**
     * What a journal has kept.
     *
     * @throws IllegalArgumentException if it can't be that
     */
    static ServerRecord ofMap(Map<String, Object> map) {
        return map.containsKey("url") ? ServerTold.ofMap(map) : ServerReading.ofMap(map);
    }

    /** A number that must be there. */
    static Number number(Map<String, Object> map, String name) {
        if (map.get(name) instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException("what is told of a server has no number " + name);
    }
}
