package io.inferometer.workload;

import java.time.Duration;

/** How long an iteration is: exactly one of these. */
public sealed interface Extent {
    /**
     * A number of requests; the iteration ends when all of them have.
     *
     * @param count at least 1
     */
    record Requests(long count) implements Extent {
        /**
         * Checks what it is given.
         *
         * @param count as of the record
         */
        public Requests {
            if (count < 1) {
                throw new IllegalArgumentException("requests must be at least 1, not " + count);
            }
        }
    }

    /**
     * A number of requests for each slot of a closed loop.
     *
     * @param count at least 1
     */
    record RequestsPerSlot(int count) implements Extent {
        /**
         * Checks what it is given.
         *
         * @param count as of the record
         */
        public RequestsPerSlot {
            if (count < 1) {
                throw new IllegalArgumentException("requests per slot must be at least 1, not " + count);
            }
        }
    }

    /**
     * A number of sessions, each with as many turns as it has; the iteration ends when all of them have.
     *
     * @param count at least 1
     */
    record Sessions(long count) implements Extent {
        /**
         * Checks what it is given.
         *
         * @param count as of the record
         */
        public Sessions {
            if (count < 1) {
                throw new IllegalArgumentException("sessions must be at least 1, not " + count);
            }
        }
    }

    /**
     * A time in which requests are started; those in flight at its end are followed to their own end.
     *
     * @param duration above 0
     */
    record Time(Duration duration) implements Extent {
        /**
         * Checks what it is given.
         *
         * @param duration as of the record
         */
        public Time {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("time must be above 0, not " + duration);
            }
        }
    }
}
