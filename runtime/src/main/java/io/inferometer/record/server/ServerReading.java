package io.inferometer.record.server;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A page of metrics was asked for.
 *
 * @param replica the number of the page
 * @param atNanos the middle of the time that it took, since the start of the run
 * @param quiet whether nothing of the trial was in flight: just before an iteration began, or just after it ended
 * @param values what it said; empty where it did not answer
 * @param miss why not, in a line; empty where it did
 */
public record ServerReading(int replica, long atNanos, boolean quiet, Map<Quantity, Double> values, String miss)
        implements ServerRecord {
    /**
     * Copies its values, each of which must be finite.
     *
     * @param replica as of the record
     * @param atNanos as of the record
     * @param quiet as of the record
     * @param values copied
     * @param miss as of the record
     */
    public ServerReading {
        EnumMap<Quantity, Double> kept = new EnumMap<>(Quantity.class);
        kept.putAll(values);
        values = kept;
        if (values.values().stream().anyMatch(value -> !Double.isFinite(value))) {
            throw new IllegalArgumentException("a value that is none must be left out: " + values);
        }
    }

    /**
     * {@return one that did not answer}
     *
     * @param replica as of the record
     * @param atNanos as of the record
     * @param quiet as of the record
     * @param why in a line
     */
    public static ServerReading missed(int replica, long atNanos, boolean quiet, String why) {
        return new ServerReading(replica, atNanos, quiet, Map.of(), why);
    }

    /** {@return whether it answered} */
    public boolean answered() {
        return miss.isEmpty();
    }

    @Override
    public ServerReading later(long nanos) {
        return new ServerReading(replica, atNanos + nanos, quiet, values, miss);
    }

    @Override
    public ServerReading amongOthers() {
        return new ServerReading(replica, atNanos, false, values, miss);
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("replica", replica);
        map.put("atNanos", atNanos);
        if (quiet) {
            map.put("quiet", true);
        }
        if (!miss.isEmpty()) {
            map.put("miss", miss);
        }
        values.forEach((quantity, value) -> map.put(quantity.label(), brief(value)));
        return map;
    }

    /** Counts without a point: most values are. */
    private static Number brief(double value) {
        return value == (long) value ? (Number) (long) value : (Number) value;
    }

    static ServerReading ofMap(Map<String, Object> map) {
        EnumMap<Quantity, Double> values = new EnumMap<>(Quantity.class);
        map.forEach((name, value) -> {
            if (value instanceof Number number) {
                Quantity.of(name).ifPresent(quantity -> values.put(quantity, number.doubleValue()));
            }
        });
        return new ServerReading(
                ServerRecord.number(map, "replica").intValue(),
                ServerRecord.number(map, "atNanos").longValue(),
                Boolean.TRUE.equals(map.get("quiet")),
                values,
                map.get("miss") instanceof String miss ? miss : "");
    }
}
