package io.inferometer.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferometer.record.RequestRecord;
import io.inferometer.stats.column.Ascending;
import io.inferometer.stats.column.Flights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InFlightTest {
    @Test
    void moreRequestsThanAColumnHoldsAreCountedAsFewAre() {
        int count = 100_003;
        Random random = new Random(8);
        long[] starts = new long[count];
        long[] ends = new long[count];
        Flights flights = new Flights();
        InFlight inFlight = new InFlight(flights, Flights.Way.SENT);
        for (int i = 0; i < count; i++) {
            starts[i] = random.nextLong(1_000_000_000);
            ends[i] = starts[i] + random.nextLong(1_000_000);
            flights.add(starts[i], ends[i], RequestRecord.ABSENT, RequestRecord.ABSENT);
        }
        long area = 0;
        for (int i = 0; i < count; i++) {
            area += ends[i] - starts[i];
        }

        assertThat(inFlight.mean(0, 2e9)).isCloseTo(area / 2e9, within(1e-6));
        Arrays.sort(starts);
        Arrays.sort(ends);
        Ascending ascending = inFlight.starts();
        for (long start : starts) {
            assertThat(ascending.next()).isTrue();
            assertThat(ascending.value()).isEqualTo(start);
        }
        assertThat(ascending.next()).isFalse();
        int peak = 0;
        for (int started = 0, ended = 0; started < count; started++) {
            while (ends[ended] <= starts[started]) {
                ended++;
            }
            peak = Math.max(peak, started + 1 - ended);
        }
        assertThat(inFlight.peak()).isEqualTo(peak);
    }

    @Test
    void eachIsOnItsWayInTheWaysThatItWas() {
        Flights flights = new Flights();
        long none = RequestRecord.ABSENT;
        flights.add(5, 20, 3, 18);
        flights.add(none, 9, 2, none);
        flights.add(6, 12, none, none);
        flights.add(none, 30, none, none);

        assertThat(flights(flights, Flights.Way.SENT)).containsExactly("5-20", "6-12");
        assertThat(flights(flights, Flights.Way.WAITING)).containsExactly("3-20", "2-9");
        assertThat(flights(flights, Flights.Way.SERVED)).containsExactly("5-18");
    }

    private static List<String> flights(Flights flights, Flights.Way way) {
        List<String> all = new ArrayList<>();
        flights.each(way, (start, end) -> all.add(start + "-" + end));
        return all;
    }
}
