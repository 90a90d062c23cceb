package io.inferometer.record.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.inferometer.record.Opening;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.json.LineFields;
import io.inferometer.record.journal.json.LineFields.Numbers;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * The times of a request as its line has them: nanoseconds, each the difference to what it is likely to be near, so that
 * digits are few. Absent ones are null. Differences and sums wrap around alike, so that any times come back as they were.
 *
 * <ul>
 *   <li>{@code at}: scheduled, released, sent and headers, each since the last one before it that is known, the first since
 *       the start of the run; then the end, since the last event, or since the last of those before it where none came.
 *   <li>{@code opening}: dialed, answered and ready, likewise, the first since {@code released}.
 *   <li>{@code gaps}: the usual gap of this request; the first event since {@code sent}; then for each event how much longer
 *       its gap was than usual.
 *   <li>{@code receivedMicros}, {@code servedMicros}: the same of the endpoint by its own clock, in whole microseconds: when it
 *       had the request; then its usual gap, the first event since that, and how much longer than usual each further gap was.
 *   <li>{@code received}, {@code stamps}: the same of an endpoint whose times are no whole microseconds: since {@code sent};
 *       then its gaps, each less the client's of that event.
 * </ul>
 *
 * <p>A base that is not known counts as 0. Journals of the first version have a name for each, whole but for the events.
 */
final class RequestTimes {
    /** Of so many gaps at most the median is taken as the usual one. */
    private static final int USUAL_OF = 65;

    private static final int MICRO = 1_000;

    private long scheduled = RequestRecord.ABSENT;
    private long released = RequestRecord.ABSENT;
    private long sent = RequestRecord.ABSENT;
    private long dialed = RequestRecord.ABSENT;
    private long answered = RequestRecord.ABSENT;
    private long ready = RequestRecord.ABSENT;
    private long headers = RequestRecord.ABSENT;
    private long end = RequestRecord.ABSENT;
    private long received = RequestRecord.ABSENT;
    private long receivedMicros = RequestRecord.ABSENT;
    private long[] events = {};
    private long[] stamps = {};
    private Numbers at = Numbers.NONE;
    private Numbers opening = Numbers.NONE;
    private Numbers gaps = Numbers.NONE;
    private Numbers receivedSince = Numbers.NONE;
    private Numbers stampGaps = Numbers.NONE;
    private Numbers served = Numbers.NONE;
    private Numbers eventDeltas = Numbers.NONE;
    private Numbers stampDeltas = Numbers.NONE;

    /** Writes those of a request. */
    static void write(JsonGenerator out, RequestRecord request) throws IOException {
        Chain at = new Chain(out, 0);
        out.writeArrayFieldStart("at");
        at.write(request.scheduledNanos());
        at.write(request.releasedNanos());
        at.write(request.sentNanos());
        at.write(request.headersNanos());
        at.write(request.endNanos(), lastOf(request.eventNanos(), at.last));
        out.writeEndArray();
        if (!request.opening().equals(Opening.NONE)) {
            Chain opening = new Chain(out, known(request.releasedNanos()));
            out.writeArrayFieldStart("opening");
            opening.write(request.opening().dialedNanos());
            opening.write(request.opening().answeredNanos());
            opening.write(request.opening().readyNanos());
            out.writeEndArray();
        }
        long[] gaps = writeGaps(out, "gaps", request.sentNanos(), request.eventNanos());
        if (inMicros(request)) {
            if (request.serverReceivedNanos() != RequestRecord.ABSENT) {
                out.writeNumberField("receivedMicros", micros(request.serverReceivedNanos()));
            }
            writeGaps(out, "servedMicros", micros(request.serverReceivedNanos()), micros(request.serverEventNanos()));
            return;
        }
        if (request.serverReceivedNanos() != RequestRecord.ABSENT) {
            out.writeNumberField("received", request.serverReceivedNanos() - known(request.sentNanos()));
        }
        long[] stamps = gaps(request.serverReceivedNanos(), request.serverEventNanos());
        if (stamps.length > 0) {
            out.writeArrayFieldStart("stamps");
            write(out, request.serverEventNanos(), i -> stamps[i] - (i < gaps.length ? gaps[i] : 0));
        }
    }

    private static boolean inMicros(RequestRecord request) {
        for (long time : request.serverEventNanos()) {
            if (!inMicros(time)) {
                return false;
            }
        }
        return inMicros(request.serverReceivedNanos());
    }

    private static boolean inMicros(long time) {
        return time == RequestRecord.ABSENT || time % MICRO == 0;
    }

    private static long[] micros(long[] nanos) {
        long[] micros = new long[nanos.length];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = micros(nanos[i]);
        }
        return micros;
    }

    private static long micros(long nanos) {
        return nanos == RequestRecord.ABSENT ? nanos : nanos / MICRO;
    }

    private static long nanos(long micros) {
        return micros == RequestRecord.ABSENT ? micros : micros * MICRO;
    }

    /** The gaps, which it writes by the usual one. */
    private static long[] writeGaps(JsonGenerator out, String name, long base, long... times) throws IOException {
        long[] gaps = gaps(base, times);
        if (gaps.length > 0) {
            long usual = usual(gaps);
            out.writeArrayFieldStart(name);
            out.writeNumber(usual);
            write(out, times, i -> gaps[i] - (i == 0 ? 0 : usual));
        }
        return gaps;
    }

    private static void write(JsonGenerator out, long[] times, IntToLongFunction differences) throws IOException {
        for (int i = 0; i < times.length; i++) {
            if (times[i] == RequestRecord.ABSENT) {
                out.writeNull();
            } else {
                out.writeNumber(differences.applyAsLong(i));
            }
        }
        out.writeEndArray();
    }

    /** From each time that is known to the next; 0 for those that are not. */
    private static long[] gaps(long base, long... times) {
        long[] gaps = new long[times.length];
        long last = known(base);
        for (int i = 0; i < times.length; i++) {
            if (times[i] != RequestRecord.ABSENT) {
                gaps[i] = times[i] - last;
                last = times[i];
            }
        }
        return gaps;
    }

    private static long usual(long... gaps) {
        if (gaps.length < 2) {
            return 0;
        }
        int step = (gaps.length - 2) / USUAL_OF + 1;
        long[] some = new long[(gaps.length - 2) / step + 1];
        for (int i = 0; i < some.length; i++) {
            some[i] = gaps[1 + i * step];
        }
        Arrays.sort(some);
        return some[some.length / 2];
    }

    private static long lastOf(long[] times, long otherwise) {
        for (int i = times.length - 1; i >= 0; i--) {
            if (times[i] != RequestRecord.ABSENT) {
                return times[i];
            }
        }
        return otherwise;
    }

    private static long known(long time) {
        return time == RequestRecord.ABSENT ? 0 : time;
    }

    /** Takes a field if it is one of times. */
    boolean take(LineFields fields) throws IOException {
        switch (fields.name()) {
            case "at" -> at = fields.numbers(5);
            case "opening" -> opening = fields.numbers(3);
            case "gaps" -> gaps = fields.numbers();
            case "received" -> receivedSince = Numbers.of(fields.longValue());
            case "receivedMicros" -> receivedMicros = fields.longValue();
            case "servedMicros" -> served = fields.numbers();
            case "stamps" -> stampGaps = fields.numbers();
            case "scheduledNanos" -> scheduled = fields.longValue();
            case "releasedNanos" -> released = fields.longValue();
            case "sentNanos" -> sent = fields.longValue();
            case "dialedNanos" -> dialed = fields.longValue();
            case "answeredNanos" -> answered = fields.longValue();
            case "connectedNanos" -> ready = fields.longValue();
            case "headersNanos" -> headers = fields.longValue();
            case "endNanos" -> end = fields.longValue();
            case "eventDeltaNanos" -> eventDeltas = fields.numbers();
            case "serverReceivedNanos" -> received = fields.longValue();
            case "serverEventDeltaNanos" -> stampDeltas = fields.numbers();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Makes times of what was taken, once all of it was. */
    void resolve() {
        long last = 0;
        if (at.length() > 0) {
            scheduled = at.plus(0, 0);
            released = at.plus(1, last = last(scheduled, last));
            sent = at.plus(2, last = last(released, last));
            headers = at.plus(3, last = last(sent, last));
            last = last(headers, last);
        }
        if (opening.length() > 0) {
            long before = known(released);
            dialed = opening.plus(0, before);
            answered = opening.plus(1, before = last(dialed, before));
            ready = opening.plus(2, last(answered, before));
        }
        Numbers client = gaps.length() == 0 ? eventDeltas : whole(gaps);
        events = client.sums(known(sent));
        if (at.length() > 0) {
            end = at.plus(4, lastOf(events, last));
        }
        if (receivedSince.length() > 0) {
            received = receivedSince.plus(0, known(sent));
        }
        if (receivedMicros != RequestRecord.ABSENT) {
            received = nanos(receivedMicros);
        }
        if (served.length() > 0) {
            stamps = Arrays.stream(whole(served).sums(known(receivedMicros)))
                    .map(RequestTimes::nanos)
                    .toArray();
            return;
        }
        Numbers server = stampGaps.length() == 0
                ? stampDeltas
                : stampGaps.with(i -> i < client.length() && client.has(i) ? client.value(i) : 0);
        stamps = server.sums(known(received));
    }

    /** Gaps as they were, of those that are by the usual one. */
    private static Numbers whole(Numbers gaps) {
        long usual = gaps.value(0);
        return gaps.rest().with(i -> i == 0 ? 0 : usual);
    }

    private static long last(long time, long before) {
        return time == RequestRecord.ABSENT ? before : time;
    }

    long scheduled() {
        return scheduled;
    }

    long released() {
        return released;
    }

    long sent() {
        return sent;
    }

    Opening opening() {
        return new Opening(dialed, answered, ready);
    }

    long headers() {
        return headers;
    }

    long end() {
        return end;
    }

    long[] events() {
        return events;
    }

    long received() {
        return received;
    }

    long[] stamps() {
        return stamps;
    }

    /** Writes times one after the other. */
    private static final class Chain {
        private final JsonGenerator out;
        private long last;

        Chain(JsonGenerator out, long base) {
            this.out = out;
            last = base;
        }

        void write(long time) throws IOException {
            write(time, last);
        }

        void write(long time, long since) throws IOException {
            if (time == RequestRecord.ABSENT) {
                out.writeNull();
            } else {
                out.writeNumber(time - since);
                last = time;
            }
        }
    }
}
