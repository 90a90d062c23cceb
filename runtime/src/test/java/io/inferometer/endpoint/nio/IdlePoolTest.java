package io.inferometer.endpoint.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IdlePoolTest {
    private final Origin origin = origin();
    private final IdlePool pool = new IdlePool();

    @Test
    void givesTheOneThatWasUsedLast() {
        List<Connection> all = idle(3);

        assertThat(pool.takeLast(origin)).isSameAs(all.get(2));
        pool.add(origin, all.get(2));
        assertThat(pool.takeLast(origin)).isSameAs(all.get(2));
        assertThat(pool.takeLast(origin)).isSameAs(all.get(1));
        assertThat(pool.takeLast(origin)).isSameAs(all.get(0));
        assertThat(pool.takeLast(origin)).isNull();
    }

    @Test
    void givesEachOnceAndNoneThatIsClosedInWhateverOrderTheyClose() {
        List<Connection> all = idle(1_000);
        List<Connection> closing = new ArrayList<>(all);
        Collections.shuffle(closing, new Random(7));
        List<Connection> closed = closing.subList(0, 600);
        closed.forEach(connection -> pool.remove(origin, connection));

        assertThat(pool.ready(origin)).isEqualTo(400);
        List<Connection> given = new ArrayList<>();
        for (Connection next = pool.takeLast(origin); next != null; next = pool.takeLast(origin)) {
            given.add(next);
        }
        all.removeAll(closed);
        assertThat(given).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void leavesOthersAloneWhereOneClosesThatIsNotIdle() {
        List<Connection> all = idle(2);
        Connection taken = pool.takeLast(origin);

        pool.remove(origin, taken);
        pool.remove(origin, new Connection(null, origin));

        assertThat(pool.takeLast(origin)).isSameAs(all.get(0));
    }

    @Test
    void keepsTheConnectionsOfOriginsApart() {
        Origin other = origin();
        Connection there = new Connection(null, other);
        pool.add(other, there);
        List<Connection> here = idle(1);

        assertThat(pool.takeLast(origin)).isSameAs(here.get(0));
        assertThat(pool.takeLast(origin)).isNull();
        pool.remove(other, there);
        assertThat(pool.ready(other)).isZero();
    }

    private List<Connection> idle(int count) {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Connection connection = new Connection(null, origin);
            pool.add(origin, connection);
            all.add(connection);
        }
        return all;
    }

    private static Origin origin() {
        return new Origin(
                false, "localhost", 80, List.of(new InetSocketAddress("127.0.0.1", 80)), Duration.ofSeconds(5));
    }
}
