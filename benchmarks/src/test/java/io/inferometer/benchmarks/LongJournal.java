package io.inferometer.benchmarks;

import io.inferometer.record.IterationSpan;
import io.inferometer.record.Opening;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.record.journal.Journal;
import io.inferometer.record.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Writes the journal of a run that would have taken hours: as many requests as are wanted, of the plan of a run that was made
 * and like its first request, with times as unlike each other as a real endpoint's.
 */
public final class LongJournal {
    private static final long MILLI = 1_000_000;
    private static final long APART_NANOS = 500_000;

    private final RequestRecord like;
    private final Map<String, Object> header;

    /** @param made the journal of a run of that plan */
    LongJournal(Path made) throws IOException {
        header = new LinkedHashMap<>(JournalReader.header(made));
        RequestRecord[] found = new RequestRecord[1];
        JournalReader.read(made, new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {
                // It has been read.
            }

            @Override
            public void request(RequestRecord request) {
                if (!request.warmup() && found[0] == null) {
                    found[0] = request;
                }
            }
        });
        like = found[0];
    }

    /**
     * Writes one.
     *
     * @param seed of its times
     * @param laterNanos when it began after the run whose plan it has
     */
    void write(Path path, int requests, long seed, long laterNanos) throws Exception {
        Random random = new Random(seed);
        Map<String, Object> run = new LinkedHashMap<>(header);
        later(run, laterNanos);
        try (Journal journal = Journal.create(path, run, true)) {
            journal.iterationStarted(new IterationSpan(like.trial(), 0, false, 0, 0, RequestRecord.ABSENT));
            long end = 0;
            for (int i = 0; i < requests; i++) {
                RequestRecord request = request(i, random);
                end = Math.max(end, request.endNanos());
                journal.append(request);
            }
            journal.iterationEnded(new IterationSpan(like.trial(), 0, false, 0, 0, end), Map.of());
            journal.close(true, "");
        }
    }

    @SuppressWarnings("unchecked")
    private static void later(Map<String, Object> run, long nanos) {
        Map<String, Object> clock = new LinkedHashMap<>((Map<String, Object>) run.get("clock"));
        clock.replaceAll((name, value) -> value instanceof Number time ? (Object) (time.longValue() + nanos) : value);
        run.put("clock", clock);
    }

    private RequestRecord request(int index, Random random) {
        long scheduled = index * APART_NANOS + random.nextInt((int) APART_NANOS);
        long released = scheduled + 20_000 + random.nextInt(100_000);
        long sent = released + 30_000 + random.nextInt(100_000);
        long[] events = new long[like.eventNanos().length];
        long[] stamps = new long[like.serverEventNanos().length];
        long received = random.nextInt(1 << 30) * 1_000L;
        long time = sent + (long) ((40 + 20 * Math.exp(random.nextGaussian() / 2)) * MILLI);
        for (int i = 0; i < events.length; i++) {
            events[i] = time;
            if (i < stamps.length) {
                stamps[i] = received + (time - sent) - 100_000 - random.nextInt(100_000);
            }
            boolean gap = i < events.length - 2;
            time += gap ? 9 * MILLI + random.nextInt((int) (2 * MILLI)) : 0;
        }
        boolean failed = random.nextInt(10_000) == 0;
        return new RequestRecord(
                like.trial(),
                0,
                false,
                0,
                index,
                like.slot(),
                like.place(),
                failed ? Outcome.HTTP_ERROR : Outcome.SUCCESS,
                failed ? 503 : 200,
                failed ? "overloaded" : "",
                true,
                scheduled,
                released,
                sent,
                Opening.NONE,
                events[0] - 10_000,
                events[events.length - 1] + 20_000 + random.nextInt(100_000),
                events,
                like.eventCarried(),
                like.serverReceivedNanos() == RequestRecord.ABSENT ? RequestRecord.ABSENT : received,
                stamps,
                like.usage(),
                like.eventTokens(),
                like.expectedPromptTokens(),
                Usage.ABSENT,
                like.requestedOutputTokens(),
                like.ignoreEos(),
                like.form(),
                "",
                like.text());
    }

    /** By hand: the journal of a short run, the file to write, how many requests, the seed, and how many seconds later it began. */
    public static void main(String[] args) throws Exception {
        new LongJournal(Path.of(args[0]))
                .write(
                        Path.of(args[1]),
                        Integer.parseInt(args[2]),
                        Long.parseLong(args[3]),
                        Long.parseLong(args[4]) * 1_000_000_000);
    }
}
