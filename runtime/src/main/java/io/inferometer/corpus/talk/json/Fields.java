package io.inferometer.corpus.talk.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * An object of a file, its keys taken one by one. What is {@code null} is absent. Keys that nobody asked for are refused by
 * {@link #end}, since a misspelt one would change what is measured without a word.
 */
public final class Fields {
    private static final BigDecimal MOST_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);

    private final String path;
    private final JsonNode object;
    private final Set<String> known = new TreeSet<>();

    private Fields(String path, JsonNode object) {
        this.path = path;
        this.object = object;
    }

    /**
     * @param path where the object stands in its entry; empty for the entry itself
     * @throws BadEntry if it is none
     */
    public static Fields of(JsonNode object, String path) {
        if (!object.isObject()) {
            throw new BadEntry((path.isEmpty() ? "it" : path) + " is not a JSON object");
        }
        return new Fields(path, object);
    }

    /** The object as it stands. */
    public JsonNode node() {
        return object;
    }

    public boolean has(String key) {
        known.add(key);
        return object.hasNonNull(key);
    }

    /** Takes keys that say nothing of what is sent. */
    public Fields ignoring(String... keys) {
        known.addAll(List.of(keys));
        return this;
    }

    /** A text that may be empty. */
    public Optional<String> said(String key) {
        return value(key).map(value -> {
            if (!value.isTextual()) {
                throw bad(key, "is not a string");
            }
            return value.textValue();
        });
    }

    /** A text that isn't empty, where the key is there. */
    public Optional<String> text(String key) {
        return said(key).map(text -> {
            if (text.isBlank()) {
                throw bad(key, "is empty");
            }
            return text;
        });
    }

    public String required(String key) {
        return text(key).orElseThrow(() -> missing(key));
    }

    public boolean flag(String key) {
        return value(key)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw bad(key, "is " + value + ", not true or false");
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    /** A whole number that is not below another. */
    public OptionalInt whole(String key, int least) {
        Optional<JsonNode> value = value(key);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        JsonNode number = value.get();
        if (!number.isIntegralNumber() || !number.canConvertToInt() || number.intValue() < least) {
            throw bad(key, "is " + number + ", not a whole number from " + least);
        }
        return OptionalInt.of(number.intValue());
    }

    public int count(String key, int least) {
        return whole(key, least).orElseThrow(() -> missing(key));
    }

    /** A number of any kind. */
    public double number(String key) {
        JsonNode number = value(key).orElseThrow(() -> missing(key));
        if (!number.isNumber()) {
            throw bad(key, "is " + number + ", not a number");
        }
        return number.doubleValue();
    }

    /**
     * A time, where the key is there.
     *
     * @param unitNanos the nanoseconds of the unit that the format counts in
     */
    public Optional<Duration> time(String key, long unitNanos) {
        return value(key).map(value -> {
            if (!value.isNumber() || value.decimalValue().signum() < 0) {
                throw bad(key, "is " + value + ", not a number from 0");
            }
            BigDecimal nanos = value.decimalValue().multiply(BigDecimal.valueOf(unitNanos));
            if (nanos.compareTo(MOST_NANOS) > 0) {
                throw bad(key, "is " + value + ", more time than there is");
            }
            return Duration.ofNanos(nanos.longValue());
        });
    }

    /** The objects of an array; none where the key isn't there. */
    public List<Fields> objects(String key) {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : array(key)) {
            objects.add(of(element, place(key) + '[' + objects.size() + ']'));
        }
        return objects;
    }

    /** The same, and there must be one. */
    public List<Fields> someObjects(String key) {
        List<Fields> objects = objects(key);
        if (objects.isEmpty()) {
            throw object.hasNonNull(key) ? bad(key, "is empty") : missing(key);
        }
        return objects;
    }

    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(key)) {
            if (!element.isTextual() || element.textValue().isBlank()) {
                throw bad(key, "holds " + element + " where a text that isn't empty should be");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    public List<Long> numbers(String key) {
        List<Long> numbers = new ArrayList<>();
        for (JsonNode element : array(key)) {
            if (!element.isIntegralNumber() || !element.canConvertToLong() || element.longValue() < 0) {
                throw bad(key, "holds " + element + ", not a whole number from 0");
            }
            numbers.add(element.longValue());
        }
        return numbers;
    }

    /** The elements of an array; none where the key isn't there. */
    public List<JsonNode> array(String key) {
        List<JsonNode> elements = new ArrayList<>();
        value(key).ifPresent(value -> {
            if (!value.isArray()) {
                throw bad(key, "is not an array");
            }
            value.forEach(elements::add);
        });
        return elements;
    }

    /** An object, where the key is there. */
    public Optional<Fields> object(String key) {
        return value(key).map(value -> of(value, place(key)));
    }

    /** Every key with its value as JSON. */
    public Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> all.put(field.getKey(), field.getValue().toString()));
        return all;
    }

    /** Any value, where the key is there. */
    public Optional<JsonNode> value(String key) {
        known.add(key);
        return object.hasNonNull(key) ? Optional.of(object.get(key)) : Optional.empty();
    }

    /** Refuses keys that were not asked for. */
    public void end() {
        for (Iterator<String> keys = object.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (!known.contains(key)) {
                throw bad(key, "is not a key of this format, whose keys here are " + String.join(", ", known));
            }
        }
    }

    public BadEntry missing(String key) {
        return bad(key, "is missing");
    }

    /** What is wrong with the value of a key. */
    public BadEntry bad(String key, String why) {
        return new BadEntry(place(key) + ' ' + why);
    }

    /** What is wrong with the object. */
    public BadEntry bad(String why) {
        return new BadEntry(path.isEmpty() ? why : path + ": " + why);
    }

    public String place(String key) {
        return path.isEmpty() ? key : path + '.' + key;
    }
}
