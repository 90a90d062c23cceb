package io.inferometer.record;

/**
 * How the connection was opened that a request had to wait for: a cold one. Times are as the record's, {@link
 * RequestRecord#ABSENT} where they are not known.
 *
 * @param dialedNanos when the first of the host's addresses was tried
 * @param answeredNanos when one of them had answered
 * @param readyNanos when the first byte could be sent: the encryption, if there is one, was agreed on
 */
public record Opening(long dialedNanos, long answeredNanos, long readyNanos) {
    /** The request used a connection again, or the transport can't tell. */
    public static final Opening NONE = new Opening(RequestRecord.ABSENT, RequestRecord.ABSENT, RequestRecord.ABSENT);

    /** {@return whether the request had to wait for a connection of its own} */
    public boolean cold() {
        return readyNanos != RequestRecord.ABSENT;
    }

    /** {@return what connecting took, in nanoseconds; NaN where that is not known} */
    public double connectNanos() {
        return between(dialedNanos, answeredNanos);
    }

    /** {@return what agreeing on encryption took, in nanoseconds; NaN where there is none, or it is not known} */
    public double tlsNanos() {
        return readyNanos == answeredNanos ? Double.NaN : between(answeredNanos, readyNanos);
    }

    private static double between(long from, long to) {
        return from == RequestRecord.ABSENT || to == RequestRecord.ABSENT ? Double.NaN : to - from;
    }

    /** The same by another clock, on which everything is later by so much. */
    Opening later(long nanos) {
        return new Opening(
                RequestRecord.later(dialedNanos, nanos),
                RequestRecord.later(answeredNanos, nanos),
                RequestRecord.later(readyNanos, nanos));
    }
}
