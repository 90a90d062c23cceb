package io.inferometer.instrument;

import io.inferometer.endpoint.MeanSizes;
import io.inferometer.simulator.engine.Score;
import io.inferometer.stats.ClientOverhead.Difference;
import io.inferometer.workload.Load;
import java.util.List;

/**
 * What the client had to do in a trial, as far as its own cost depends on it: enough to have it done again.
 *
 * @param streams requests in flight together: the slots, the most at one time, or in an open loop the mean
 * @param phases how requests stand to each other
 * @param arrivals the open loop that spread the starts of requests; Poisson where there is none
 * @param wire how the endpoint was asked
 * @param sizes how many bytes went over the wire
 * @param means what an answer was like on average
 * @param answers some of the answers, drawn from all; at least one
 * @param differs what no replay of the shape shows of the run
 */
public record Shape(
        int streams,
        Phases phases,
        Load.Open arrivals,
        Wire wire,
        MeanSizes sizes,
        Means means,
        List<Answer> answers,
        List<Difference> differs) {
    /**
     * Copies its lists.
     *
     * @param streams as of the record
     * @param phases as of the record
     * @param arrivals as of the record
     * @param wire as of the record
     * @param sizes as of the record
     * @param means as of the record
     * @param answers copied
     * @param differs copied
     */
    public Shape {
        answers = List.copyOf(answers);
        differs = List.copyOf(differs);
    }

    /** How requests stand to each other. */
    public enum Phases {
        /** They start together, and their events come together. */
        IN_STEP,
        /** As one ends the next starts, at times of their own. */
        SLOTS,
        /** They start at random. */
        ARRIVALS
    }

    /**
     * The means of all answers.
     *
     * @param waitNanos from the request to the first token; for an answer in one body, to its end
     * @param spanNanos from the first token to the last
     * @param events token-bearing events; 1 for an answer in one body
     * @param tokens its tokens
     * @param longestPauseNanos the longest time between two reads of any of them
     */
    public record Means(double waitNanos, double spanNanos, double events, double tokens, long longestPauseNanos) {}

    /**
     * One answer.
     *
     * @param streamed whether it was streamed
     * @param score its reads, by how many token-bearing events each brought; the first ones of a long answer
     */
    public record Answer(boolean streamed, Score score) {}
}
