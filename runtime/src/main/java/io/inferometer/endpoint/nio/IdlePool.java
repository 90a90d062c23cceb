package io.inferometer.endpoint.nio;

import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The connections of an event loop that nobody uses, and how many are being opened. Used by the loop's thread. */
final class IdlePool {
    private final Map<Origin, Pool> pools = new IdentityHashMap<>();

    private static final class Pool {
        private final ArrayDeque<Connection> idle = new ArrayDeque<>();
        private int opening;
    }

    private Pool pool(Origin origin) {
        return pools.computeIfAbsent(origin, o -> new Pool());
    }

    void add(Origin origin, Connection connection) {
        pool(origin).idle.addLast(connection);
    }

    void remove(Origin origin, Connection connection) {
        pool(origin).idle.removeLastOccurrence(connection);
    }

    /** The one that was used last, whose state the machine's caches hold; null where none is left. */
    Connection takeLast(Origin origin) {
        return pool(origin).idle.pollLast();
    }

    /** Has each that is idle find out whether it is still open; one that is not closes itself, and is gone from here. */
    void lookAtAll(Origin origin) {
        List.copyOf(pool(origin).idle).forEach(Connection::isOpen);
    }

    /** How many are idle or being opened. */
    int ready(Origin origin) {
        Pool pool = pool(origin);
        return pool.idle.size() + pool.opening;
    }

    /** One more is being opened, or one less for minus 1. */
    void opening(Origin origin, int change) {
        pool(origin).opening += change;
    }
}
