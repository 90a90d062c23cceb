package io.inferometer.stats.batch;

import static io.inferometer.record.batch.JobState.ABSENT;

import io.inferometer.record.batch.JobState.Stamps;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/**
 * How long a job took, by the endpoint's own stamps: the client's clock has no part in it. What one of two stamps is missing
 * for is empty, and so is what would be negative.
 *
 * @param queueSeconds from its creation until its requests began
 * @param runSeconds from then until they had ended, or, where no stamp tells that, until the job ended
 * @param finalisingSeconds from the end of its requests until the job ended
 * @param makespanSeconds from its creation until it ended
 * @param boundSeconds each of them is longer or shorter than the truth by less than this
 */
public record JobTimes(
        OptionalDouble queueSeconds,
        OptionalDouble runSeconds,
        OptionalDouble finalisingSeconds,
        OptionalDouble makespanSeconds,
        double boundSeconds) {
    /** Nothing is told. */
    public static final JobTimes NONE = of(new Stamps(ABSENT, ABSENT, ABSENT, ABSENT));

    private static final long SECOND = 1_000;

    static JobTimes of(Stamps stamps) {
        boolean wholeSeconds = LongStream.of(stamps.created(), stamps.inProgress(), stamps.finalizing(), stamps.ended())
                .allMatch(stamp -> stamp == ABSENT || stamp % SECOND == 0);
        return new JobTimes(
                between(stamps.created(), stamps.inProgress()),
                between(stamps.inProgress(), stamps.finalizing() == ABSENT ? stamps.ended() : stamps.finalizing()),
                between(stamps.finalizing(), stamps.ended()),
                between(stamps.created(), stamps.ended()),
                wholeSeconds ? 1 : 0.001);
    }

    private static OptionalDouble between(long from, long to) {
        return from == ABSENT || to == ABSENT || to < from
                ? OptionalDouble.empty()
                : OptionalDouble.of((to - from) / (double) SECOND);
    }
}
