package io.inferometer.record.journal;

import io.inferometer.record.AnswerForm;
import io.inferometer.record.Opening;
import io.inferometer.record.Outcome;
import io.inferometer.record.Pause;
import io.inferometer.record.Place;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;

/** Records with every field drawn: ordinary times and the ends of their range, any text, absent values. */
final class RandomRecords {
    private final Random random;

    RandomRecords(long seed) {
        random = new Random(seed);
    }

    RequestRecord next() {
        int events = random.nextInt(4) == 0 ? 0 : random.nextInt(200);
        byte[] carried = new byte[events];
        random.nextBytes(carried);
        LongSupplier time = random.nextInt(10) == 0 ? random::nextLong : () -> random.nextLong(600_000_000_000L);
        LongSupplier served = random.nextBoolean() ? time : () -> time.getAsLong() / 1_000 * 1_000;
        return new RequestRecord(
                random.nextInt(5),
                random.nextInt(3),
                random.nextBoolean(),
                random.nextInt(4),
                random.nextLong(1_000_000),
                random.nextInt(65) - 1,
                random.nextBoolean() ? Place.NONE : place(),
                Outcome.values()[random.nextInt(Outcome.values().length)],
                random.nextInt(600),
                random.nextBoolean() ? "" : text(),
                random.nextBoolean(),
                orAbsent(time.getAsLong()),
                orAbsent(time.getAsLong()),
                orAbsent(time.getAsLong()),
                new Opening(orAbsent(time.getAsLong()), orAbsent(time.getAsLong()), orAbsent(time.getAsLong())),
                orAbsent(time.getAsLong()),
                orAbsent(time.getAsLong()),
                times(events, time),
                carried,
                orAbsent(served.getAsLong()),
                times(random.nextBoolean() ? 0 : events, served),
                random.nextInt(3) == 0 ? Usage.NONE : new Usage(count(), count(), count(), count(), count()),
                counts(random.nextBoolean() ? 0 : events),
                count(),
                count(),
                count(),
                random.nextBoolean(),
                new AnswerForm(
                        random.nextBoolean() ? "" : text(),
                        1 + random.nextInt(3),
                        random.nextBoolean(),
                        "",
                        random.nextInt(3),
                        random.nextBoolean(),
                        random.nextBoolean() ? Map.of() : Map.of(text(), 1 + random.nextInt(9))),
                random.nextBoolean() ? "" : "4bf92f3577b34da6a3ce929d0e0e4736",
                random.nextBoolean() ? "" : text());
    }

    private Place place() {
        long think = random.nextLong(1_000);
        return new Place(
                random.nextInt(4) - 1,
                random.nextLong(1_000) - 1,
                random.nextInt(2),
                random.nextBoolean() ? "" : "2.0/0.1",
                random.nextInt(20) - 1,
                random.nextBoolean() ? "" : text(),
                random.nextBoolean()
                        ? Pause.NONE
                        : new Pause(think, random.nextBoolean() ? think : think + random.nextInt(5)),
                random.nextInt(3) - 1);
    }

    private long[] times(int count, LongSupplier time) {
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = time.getAsLong();
        }
        return times;
    }

    private long orAbsent(long time) {
        return random.nextInt(4) == 0 ? RequestRecord.ABSENT : time;
    }

    private int[] counts(int number) {
        int[] counts = new int[number];
        Arrays.setAll(counts, i -> count());
        return counts;
    }

    private int count() {
        return random.nextInt(3) == 0 ? Usage.ABSENT : random.nextInt(100_000);
    }

    private String text() {
        char[] chars = new char[random.nextInt(40)];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(65_536));
        }
        return new String(chars);
    }
}
