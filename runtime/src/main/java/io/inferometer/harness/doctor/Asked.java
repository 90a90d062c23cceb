package io.inferometer.harness.doctor;

import io.inferometer.endpoint.WireRequest;
import io.inferometer.harness.target.AnswerLength;
import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;

/**
 * A request, and what came of it.
 *
 * @param request as it was written
 * @param answer what happened, on the clock of the target
 * @param record the same as a value
 */
record Asked(WireRequest request, RequestTimeline answer, RequestRecord record) {
    boolean well() {
        return answer.outcome() == Outcome.SUCCESS;
    }

    /** Whether it spent all its tokens on reasoning that it does not show. */
    boolean thought() {
        return answer.outcome() == Outcome.DECODE_ERROR && answer.carried(Carried.CHOICES);
    }

    /** Whether it was refused for what it asks. */
    boolean refused() {
        return answer.status() == 400 || answer.status() == 422;
    }

    AnswerLength length() {
        return AnswerLength.of(answer);
    }

    /** Whether a connection was opened for it, as far as the transport tells. */
    boolean cold() {
        return record.opening().cold();
    }

    /** In how many reads its tokens came. */
    int reads() {
        int reads = 0;
        long last = RequestRecord.ABSENT;
        for (int i = 0; i < record.eventNanos().length; i++) {
            if (Carried.tokens(record.eventCarried()[i]) && record.eventNanos()[i] != last) {
                last = record.eventNanos()[i];
                reads++;
            }
        }
        return reads;
    }
}
