package io.inferometer.corpus.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A JSON object of a file, on a line of its own or a part of one. What is asked of it and is there in another form than it
 * has to be is a {@link BadLine} that names the key. A key whose value is null counts as missing.
 *
 * @param file the file's name, for messages
 * @param line where it begins, from 1
 * @param node the object
 */
public record JsonLine(String file, long line, JsonNode node) {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /**
     * Refuses every key but these.
     *
     * @param known all keys that its format has
     */
    public void only(Set<String> known) {
        for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!known.contains(key)) {
                throw BadLine.unknownKey(this, key, known);
            }
        }
    }

    /**
     * {@return whether it has a key}
     *
     * @param key its name, as written
     */
    public boolean has(String key) {
        return node.hasNonNull(key);
    }

    /**
     * {@return the one key of several that it has; empty where it has none of them} Two of them at once are refused.
     *
     * @param keys names that mean the same
     */
    public Optional<String> oneOf(List<String> keys) {
        List<String> there = keys.stream().filter(this::has).toList();
        if (there.size() > 1) {
            throw bad("it has both '" + there.get(0) + "' and '" + there.get(1) + "', and can mean one alone");
        }
        return there.stream().findFirst();
    }

    /**
     * {@return a whole number of at least {@code least}; empty where it has no such key}
     *
     * @param key its name, as written
     * @param least the smallest that is taken
     */
    public OptionalInt count(String key, int least) {
        if (!has(key)) {
            return OptionalInt.empty();
        }
        JsonNode value = node.get(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least) {
            throw bad(key, "not a whole number from " + least);
        }
        return OptionalInt.of(value.intValue());
    }

    /**
     * {@return a whole number of any size and sign; empty where it has no such key}
     *
     * @param key its name, as written
     */
    public OptionalLong whole(String key) {
        if (!has(key)) {
            return OptionalLong.empty();
        }
        JsonNode value = node.get(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw bad(key, "not a whole number");
        }
        return OptionalLong.of(value.longValue());
    }

    /**
     * {@return a list of whole numbers; empty where it has no such key}
     *
     * @param key its name, as written
     */
    public Optional<List<Long>> wholes(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        List<Long> numbers = new ArrayList<>();
        for (JsonNode each : array(key).orElseThrow()) {
            if (!each.isIntegralNumber() || !each.canConvertToLong()) {
                throw bad("'" + key + "' holds " + each + ", not a whole number");
            }
            numbers.add(each.longValue());
        }
        return Optional.of(numbers);
    }

    /**
     * {@return a time of 0 or more; empty where it has no such key}
     *
     * @param key its name, as written
     * @param unit what the number counts
     */
    public Optional<Duration> time(String key, TimeUnit unit) {
        if (!has(key)) {
            return Optional.empty();
        }
        JsonNode value = node.get(key);
        if (!value.isNumber()) {
            throw bad(key, "not a number");
        }
        return Optional.of(time(value.decimalValue(), unit).orElseThrow(() -> bad(key, "not a time from 0 on")));
    }

    /**
     * {@return a number of units as a time; empty where it is below 0 or longer than a hundred years}
     *
     * @param number fractions are kept down to a nanosecond
     * @param unit what it counts
     */
    public static Optional<Duration> time(BigDecimal number, TimeUnit unit) {
        boolean sane = number.signum() >= 0 && number.precision() - number.scale() <= 20;
        return Optional.of(number)
                .filter(any -> sane)
                .map(any -> any.multiply(BigDecimal.valueOf(unit.toNanos(1))).setScale(0, RoundingMode.HALF_UP))
                .filter(nanos -> nanos.compareTo(BigDecimal.valueOf(LONGEST.toNanos())) <= 0)
                .map(nanos -> Duration.ofNanos(nanos.longValueExact()));
    }

    /**
     * {@return a string, which may be empty; no value where it has no such key}
     *
     * @param key its name, as written
     */
    public Optional<String> text(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (!node.get(key).isTextual()) {
            throw bad(key, "not a string");
        }
        return Optional.of(node.get(key).textValue());
    }

    /**
     * {@return a list; empty where it has no such key}
     *
     * @param key its name, as written
     */
    public Optional<JsonNode> array(String key) {
        if (has(key) && !node.get(key).isArray()) {
            throw bad(key, "not a list");
        }
        return Optional.ofNullable(node.get(key)).filter(JsonNode::isArray);
    }

    /**
     * {@return an object, as a part of this line; empty where it has no such key}
     *
     * @param key its name, as written
     */
    public Optional<JsonLine> object(String key) {
        if (has(key) && !node.get(key).isObject()) {
            throw bad(key, "not an object");
        }
        return Optional.ofNullable(node.get(key))
                .filter(JsonNode::isObject)
                .map(part -> new JsonLine(file, line, part));
    }

    /** {@return the JSON text of each of its values, by key} */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().toString()));
        return texts;
    }

    /**
     * {@return what is wrong with a line in which something is missing}
     *
     * @param key the name of what is missing
     */
    public BadLine lacks(String key) {
        return bad("it has no '" + key + "'");
    }

    /**
     * {@return what is wrong with it, at its place in the file}
     *
     * @param reason the rest of a sentence behind a colon
     */
    public BadLine bad(String reason) {
        return new BadLine(file, line, reason);
    }

    /**
     * {@return what is wrong with the value of a key}
     *
     * @param key its name, as written
     * @param reason the rest of a sentence behind the key
     */
    public BadLine bad(String key, String reason) {
        String value = node.path(key).toString();
        return bad(
                "'" + key + "' is " + (value.length() <= 60 ? value : value.substring(0, 57) + "...") + ", " + reason);
    }
}
