package io.inferometer.endpoint.nio;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The connections of an event loop that nobody uses, and how many are being opened. Each knows its place among the others, so
 * that an endpoint that closes thousands at once does not have each of them looked for. Used by the loop's thread.
 */
final class IdlePool {
    /** The place of a connection that is not idle. */
    static final int NOWHERE = -1;

    private final Map<Origin, Pool> pools = new IdentityHashMap<>();

    private static final class Pool {
        private final List<Connection> idle = new ArrayList<>();
        private int opening;
    }

    private Pool pool(Origin origin) {
        return pools.computeIfAbsent(origin, o -> new Pool());
    }

    void add(Origin origin, Connection connection) {
        List<Connection> idle = pool(origin).idle;
        connection.idleAt(idle.size());
        idle.add(connection);
    }

    /** Takes one out that is closed, if it is idle; the one that was used last has its place then. */
    void remove(Origin origin, Connection connection) {
        int place = connection.idleAt();
        if (place == NOWHERE) {
            return;
        }
        Connection last = takeLast(origin);
        if (last != connection) {
            pool(origin).idle.set(place, last);
            last.idleAt(place);
            connection.idleAt(NOWHERE);
        }
    }

    /** The one that was used last, whose state the machine's caches hold; null where none is left. */
    Connection takeLast(Origin origin) {
        List<Connection> idle = pool(origin).idle;
        if (idle.isEmpty()) {
            return null;
        }
        Connection last = idle.remove(idle.size() - 1);
        last.idleAt(NOWHERE);
        return last;
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
