package io.inferometer.simulator.engine;

import java.util.Arrays;
import java.util.List;

/**
 * Each answer comes as a {@link Score} says, whatever else is going on: a request names the score's number, or gets the
 * first. An answer that is to have fewer tokens ends sooner; one that is to have more has them all at the last moment.
 *
 * <p>Moments are absolute, as a metronome's are. Those that have become due together are handed out one by one all the
 * same, earlier ones first, so that there are as many writes as the score has.
 */
public final class Playback implements TokenSchedule {
    /** The header by which a request names the number of its score. */
    public static final String HEADER = "X-Inferometer-Score";

    private final List<Score> scores;
    private final int tokensPerEvent;
    private final DueQueue queue = new DueQueue();

    public Playback(List<Score> scores, int tokensPerEvent) {
        this.scores = List.copyOf(scores);
        this.tokensPerEvent = tokensPerEvent;
    }

    /**
     * The scores of a text, with semicolons between.
     *
     * @throws IllegalArgumentException if one is none; the message is for the user
     */
    public static List<Score> scores(String text) {
        return Arrays.stream(text.split(";", -1)).map(Score::parse).toList();
    }

    @Override
    public void submit(Generation generation, long nowNanos) {
        generation.startNanos = nowNanos;
        enqueue(generation);
    }

    @Override
    public void cancel(Generation generation) {
        queue.remove(generation);
    }

    @Override
    public int running() {
        return queue.size();
    }

    @Override
    public long nextNanos() {
        return queue.nextNanos();
    }

    @Override
    public Generation poll(long nowNanos) {
        Generation generation = queue.poll(nowNanos);
        if (generation == null) {
            return null;
        }
        Score score = score(generation);
        int moment = generation.moment++;
        int left = (generation.remainingTokens() + tokensPerEvent - 1) / tokensPerEvent;
        int events = generation.moment == score.nanos().length ? left : Math.min(left, score.events()[moment]);
        generation.produce(events, events * tokensPerEvent);
        if (generation.remainingTokens() > 0) {
            enqueue(generation);
        }
        return generation;
    }

    private Score score(Generation generation) {
        return scores.get(Math.floorMod(generation.score(), scores.size()));
    }

    private void enqueue(Generation generation) {
        generation.nextNanos = generation.startNanos + score(generation).nanos()[generation.moment];
        queue.add(generation);
    }
}
