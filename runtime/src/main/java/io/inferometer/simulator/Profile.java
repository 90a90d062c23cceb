package io.inferometer.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How a simulated endpoint behaves, as text: a name and options, like {@code metronome?ttft=50&itl=10}.
 *
 * <p>There is one profile, {@code metronome}: fixed times, however much is going on, and as many tokens as asked for,
 * one an event. Its options:
 *
 * <table>
 *   <caption>Options of metronome</caption>
 *   <tr><th>option</th><th>default</th><th>meaning</th></tr>
 *   <tr><td>{@code ttft}</td><td>50</td><td>ms from the moment a request had been read to its first token</td></tr>
 *   <tr><td>{@code itl}</td><td>10</td><td>ms from token to token</td></tr>
 *   <tr><td>{@code fault}</td><td>none</td><td>what goes wrong, see below</td></tr>
 *   <tr><td>{@code every}</td><td>1</td><td>it goes wrong at every n-th completion request only</td></tr>
 * </table>
 *
 * <p>Times may have decimals, down to a nanosecond. The faults, for streams (and for single answers):
 *
 * <table>
 *   <caption>Faults</caption>
 *   <tr><th>fault</th><th>what a client sees</th></tr>
 *   <tr><td>{@code 429}</td><td>status 429 with {@code Retry-After: 1}, at once</td></tr>
 *   <tr><td>{@code 500}</td><td>status 500, at once</td></tr>
 *   <tr><td>{@code cut}</td><td>half of the tokens, half of an event, then the connection is closed (half of the
 *       body)</td></tr>
 *   <tr><td>{@code error}</td><td>half of the tokens, an event with an error object, the end of the stream (an error
 *       object with status 200)</td></tr>
 *   <tr><td>{@code empty}</td><td>status 200 and no token: a role and a finish reason (an empty message)</td></tr>
 *   <tr><td>{@code stall}</td><td>half of the tokens, then nothing, the connection stays open (no answer)</td></tr>
 * </table>
 */
public final class Profile {
    private static final String METRONOME = "metronome";
    private static final String TTFT = "ttft";
    private static final String ITL = "itl";
    private static final String FAULT = "fault";
    private static final String EVERY = "every";
    private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MAX_MILLIS = BigDecimal.valueOf(24L * 3600 * 1000);

    private final long ttftNanos;
    private final long itlNanos;
    private final Fault fault;
    private final int every;

    private Profile(long ttftNanos, long itlNanos, Fault fault, int every) {
        this.ttftNanos = ttftNanos;
        this.itlNanos = itlNanos;
        this.fault = fault;
        this.every = every;
    }

    /**
     * Reads a profile.
     *
     * @throws IllegalArgumentException if there is no such profile or option, or a value is not fit; the message is one
     *     line for the user
     */
    public static Profile parse(String text) {
        int question = text.indexOf('?');
        String name = question < 0 ? text : text.substring(0, question);
        if (!name.equals(METRONOME)) {
            throw new IllegalArgumentException("no profile '" + name + "'; known: " + METRONOME);
        }
        Map<String, String> options = new LinkedHashMap<>(Map.of(TTFT, "50", ITL, "10", FAULT, "none", EVERY, "1"));
        if (question >= 0) {
            readOptions(name, text.substring(question + 1), options);
        }
        return new Profile(
                nanos(TTFT, options.get(TTFT)),
                nanos(ITL, options.get(ITL)),
                Fault.of(options.get(FAULT)),
                count(EVERY, options.get(EVERY)));
    }

    private static void readOptions(String name, String text, Map<String, String> options) {
        Set<String> seen = new HashSet<>();
        for (String option : text.split("&", -1)) {
            int equals = option.indexOf('=');
            String key = equals < 0 ? option : option.substring(0, equals);
            if (!options.containsKey(key)) {
                throw new IllegalArgumentException("profile " + name + " has no option '" + key + "'; known: "
                        + String.join(", ", TTFT, ITL, FAULT, EVERY));
            }
            if (equals < 0) {
                throw new IllegalArgumentException("option " + key + " needs a value: " + key + "=…");
            }
            if (!seen.add(key)) {
                throw new IllegalArgumentException("option " + key + " is given twice");
            }
            options.put(key, option.substring(equals + 1));
        }
    }

    private static long nanos(String key, String value) {
        try {
            BigDecimal millis = new BigDecimal(value);
            if (millis.signum() >= 0 && millis.compareTo(MAX_MILLIS) <= 0) {
                return millis.multiply(NANOS_PER_MILLI)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact();
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of bounds.
        }
        throw new IllegalArgumentException(
                key + " must be a number of milliseconds from 0 to " + MAX_MILLIS + ", not '" + value + "'");
    }

    private static int count(String key, String value) {
        try {
            int count = Integer.parseInt(value);
            if (count >= 1) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of bounds.
        }
        throw new IllegalArgumentException(key + " must be a whole number of at least 1, not '" + value + "'");
    }

    /** A new model of this profile, at rest. */
    Model model() {
        return new Metronome(ttftNanos, itlNanos);
    }

    /** What goes wrong with the {@code n}-th completion request, counted from 1. */
    Fault faultOf(long n) {
        return n % every == 0 ? fault : Fault.NONE;
    }

    /** The profile as text, in the one way that is written everywhere: times always, faults only where there are any. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(METRONOME)
                .append("?ttft=")
                .append(millis(ttftNanos))
                .append("&itl=")
                .append(millis(itlNanos));
        if (fault != Fault.NONE) {
            text.append("&fault=").append(fault.key());
            if (every > 1) {
                text.append("&every=").append(every);
            }
        }
        return text.toString();
    }

    private static String millis(long nanos) {
        return nanos == 0
                ? "0"
                : BigDecimal.valueOf(nanos, 6).stripTrailingZeros().toPlainString();
    }
}
