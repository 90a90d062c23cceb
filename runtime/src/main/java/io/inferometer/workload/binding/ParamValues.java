package io.inferometer.workload.binding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One value for each parameter of a workload, in declared order.
 *
 * @param values by parameter name; each accepted by the parameter's type
 */
public record ParamValues(Map<String, String> values) {
    /** No parameters. */
    public static final ParamValues NONE = new ParamValues(Map.of());

    /**
     * Copies what it is given.
     *
     * @param values copied
     */
    public ParamValues {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * {@return the value as text}
     *
     * @param name of the parameter
     */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no value for parameter " + name);
        }
        return value;
    }

    /**
     * {@return the value of a {@code boolean} field}
     *
     * @param name of the parameter
     */
    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    /**
     * {@return the value of an {@code int} field}
     *
     * @param name of the parameter
     */
    public int intValue(String name) {
        return Integer.parseInt(text(name));
    }

    /**
     * {@return the value of a {@code long} field}
     *
     * @param name of the parameter
     */
    public long longValue(String name) {
        return Long.parseLong(text(name));
    }

    /**
     * {@return the value of a {@code double} field}
     *
     * @param name of the parameter
     */
    public double decimal(String name) {
        return Double.parseDouble(text(name));
    }

    /**
     * {@return the value of an enum field}
     *
     * @param <E> the enum
     * @param type its class
     * @param name of the parameter
     */
    public <E extends Enum<E>> E choice(Class<E> type, String name) {
        return Enum.valueOf(type, text(name));
    }
}
