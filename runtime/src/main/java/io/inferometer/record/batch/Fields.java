package io.inferometer.record.batch;

import java.util.List;
import java.util.Map;

/** The fields of a line, as a journal gives them back. */
record Fields(Map<String, Object> values) {
    static final long ABSENT = JobState.ABSENT;

    long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : ABSENT;
    }

    String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    /** The objects of a list. */
    List<Fields> list(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(each -> new Fields(cast(each)))
                        .toList()
                : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object map) {
        return (Map<String, Object>) map;
    }

    /** Adds a number that is known. */
    static void put(Map<String, Object> map, String name, long number) {
        if (number != ABSENT) {
            map.put(name, number);
        }
    }

    /** Adds a text that says something. */
    static void put(Map<String, Object> map, String name, String text) {
        if (!text.isEmpty()) {
            map.put(name, text);
        }
    }
}
