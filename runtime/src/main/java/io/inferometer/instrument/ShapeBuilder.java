package io.inferometer.instrument;

import io.inferometer.annotations.Arrivals;
import io.inferometer.endpoint.MeanSizes;
import io.inferometer.record.Carried;
import io.inferometer.record.RequestRecord;
import io.inferometer.simulator.engine.Score;
import io.inferometer.stats.ClientOverhead.Difference;
import io.inferometer.stats.token.TokenEvents;
import io.inferometer.workload.Load;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** Makes the shape of a trial from its requests. Not thread-safe. */
public final class ShapeBuilder {
    /** Requests that differ by less are of one length, and slots that began together stay together. */
    private static final double ALIKE = 0.05;

    /** Answers that are kept, and reads of each: together what a command line takes. */
    private static final int ANSWERS = 24;

    private static final int READS = 320;

    /** A share of requests, or of events, that is less shows in no figure but the rarest. */
    private static final double NOTICED = 0.01;

    /** Of the mean: bodies whose sizes are spread further are not like the mean one. */
    private static final double SPREAD = 0.25;

    /**
     * What no record tells of a trial.
     *
     * @param wire how the endpoint was asked
     * @param endpointHere whether the endpoint shares this machine
     * @param sizes how many bytes went over the wire
     */
    public record Surroundings(Wire wire, boolean endpointHere, MeanSizes sizes) {}

    private final SplittableRandom random = new SplittableRandom(0);
    private final List<Shape.Answer> answers = new ArrayList<>();
    private final Steps steps = new Steps();
    private long ended;
    private long requests;
    private long cold;
    private double waits;
    private double spans;
    private long events;
    private long otherEvents;
    private double tokens;
    private double inFlight;
    private double squares;
    private long longestPause;
    private long firstSent = Long.MAX_VALUE;
    private long lastEnd = Long.MIN_VALUE;
    /** The reads of the request that is taken in, and how many events each had. */
    private long[] reads = {};

    private int[] eventsOfRead = {};

    /**
     * Takes in a request; one that failed is counted alone.
     *
     * @param record a request that has ended
     */
    public void add(RequestRecord record) {
        ended++;
        if (!record.succeeded() || record.sentNanos() == RequestRecord.ABSENT) {
            return;
        }
        Score score = record.streamed() ? streamed(record) : whole(record);
        if (score == null) {
            return;
        }
        requests++;
        cold += record.opening().cold() ? 1 : 0;
        double took = record.endNanos() - record.sentNanos();
        inFlight += took;
        squares += took * took;
        firstSent = Math.min(firstSent, record.sentNanos());
        lastEnd = Math.max(lastEnd, record.endNanos());
        tokens += Math.max(1, record.usage().completionTokens());
        keep(new Shape.Answer(record.streamed(), score));
    }

    private Score whole(RequestRecord record) {
        long took = record.endNanos() - record.sentNanos();
        waits += took;
        events++;
        return new Score(new long[] {took}, new int[] {1});
    }

    /** Null for a stream without a token. */
    private Score streamed(RequestRecord record) {
        TokenEvents bearing = TokenEvents.of(record);
        if (bearing.count() == 0) {
            return null;
        }
        if (reads.length < bearing.count()) {
            reads = new long[bearing.count()];
            eventsOfRead = new int[bearing.count()];
        }
        Arrays.fill(eventsOfRead, 0, bearing.count(), 0);
        int count = 0;
        for (int i = 0; i < record.eventNanos().length; i++) {
            int bits = record.eventCarried()[i];
            otherEvents += (bits & (Carried.REASONING | Carried.TOOL | Carried.REFUSAL)) != 0 ? 1 : 0;
            if (!bearing.bears(i)) {
                continue;
            }
            long at = Math.max(0, record.eventNanos()[i] - record.sentNanos());
            if (count == 0 || at != reads[count - 1]) {
                longestPause = Math.max(longestPause, count == 0 ? 0 : at - reads[count - 1]);
                reads[count++] = at;
            }
            eventsOfRead[count - 1]++;
        }
        waits += reads[0];
        spans += reads[count - 1] - reads[0];
        events += bearing.count();
        steps.add(record.sentNanos(), reads, count);
        int kept = Math.min(count, READS);
        return new Score(Arrays.copyOf(reads, kept), Arrays.copyOf(eventsOfRead, kept));
    }

    /** Each of all is among those that are kept with the same chance. */
    private void keep(Shape.Answer answer) {
        if (answers.size() < ANSWERS) {
            answers.add(answer);
        } else {
            long place = random.nextLong(requests);
            if (place < ANSWERS) {
                answers.set((int) place, answer);
            }
        }
    }

    /**
     * {@return the shape of all of them; empty where none succeeded}
     *
     * @param ofTrial the load of the trial; what it is where it is highest is done again
     * @param around what else the client had to do meanwhile
     */
    public Optional<Shape> build(Load ofTrial, Surroundings around) {
        Load load = ofTrial.highest();
        if (requests == 0) {
            return Optional.empty();
        }
        return Optional.of(new Shape(
                streams(load),
                phases(load),
                load instanceof Load.Open open ? open : new Load.Open(1, Arrivals.POISSON),
                around.wire(),
                around.sizes(),
                new Shape.Means(
                        waits / requests,
                        spans / requests,
                        (double) events / requests,
                        tokens / requests,
                        longestPause),
                answers,
                differs(load, around)));
    }

    private int streams(Load load) {
        if (load instanceof Load.Closed loop) {
            return (int) Math.min(loop.concurrency(), requests);
        }
        if (load instanceof Load.AtOnce atOnce) {
            return (int) Math.min(atOnce.slots(), requests);
        }
        return (int) Math.max(1, Math.ceil(inFlight / Math.max(1, lastEnd - firstSent)));
    }

    private Shape.Phases phases(Load load) {
        if (load.scheduled()) {
            return Shape.Phases.ARRIVALS;
        }
        if (load instanceof Load.Closed closed && !closed.together()) {
            return Shape.Phases.SLOTS;
        }
        double mean = inFlight / requests;
        boolean alike = Math.sqrt(Math.max(0, squares / requests - mean * mean)) < ALIKE * mean;
        return load instanceof Load.AtOnce || alike ? Shape.Phases.IN_STEP : Shape.Phases.SLOTS;
    }

    private List<Difference> differs(Load load, Surroundings around) {
        List<Difference> differs = new ArrayList<>();
        if (around.endpointHere()) {
            differs.add(new Difference(
                    "endpoint-here",
                    true,
                    "the endpoint shares this machine, and took processor time in the run alone"));
        }
        if (phases(load) != Shape.Phases.IN_STEP && steps.shared()) {
            differs.add(new Difference(
                    "steps",
                    true,
                    "events of one answer come apart from those of others, in the run they came together"));
        }
        share(differs, "failures", ended - requests, ended, "no request fails, in the run %s of the requests did");
        share(differs, "cold-connections", cold, requests, "no request opens a connection, in the run %s did");
        share(differs, "kinds", otherEvents, events, "all text is visible, in the run %s of the events had other");
        MeanSizes sizes = around.sizes();
        if (sizes.spread() > SPREAD * sizes.request()) {
            differs.add(new Difference(
                    "request-sizes",
                    true,
                    String.format(
                            Locale.ROOT,
                            "all requests have %,.0f bytes, in the run that was the mean, with a deviation of %,.0f",
                            sizes.request(),
                            sizes.spread())));
        }
        return differs;
    }

    private static void share(List<Difference> differs, String name, long some, long all, String text) {
        if (some > NOTICED * all) {
            String share = String.format(Locale.ROOT, "%.0f %%", Math.max(1, 100.0 * some / all));
            differs.add(new Difference(name, true, String.format(Locale.ROOT, text, share)));
        }
    }
}
