package io.inferometer.record.journal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import io.inferometer.record.RequestRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * Reads the fields of a journal's line one by one, and says of a bad value which field it is in.
 *
 * <p>A value that can't be is an {@link IOException} whose message says so; who knows the file and the line adds them.
 */
public final class LineFields {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final JsonParser in;
    private String name = "";
    /** For numbers of which it is not known how many there are. */
    private long[] room = new long[64];

    public LineFields(JsonParser in) {
        this.in = in;
    }

    /** Moves to the value of the next field; false at the end of the object. */
    public boolean next() throws IOException {
        if (in.nextToken() == JsonToken.END_OBJECT) {
            return false;
        }
        name = in.currentName();
        in.nextToken();
        return true;
    }

    /** The field that was moved to. */
    public String name() {
        return name;
    }

    public int intValue() throws IOException {
        long value = longValue();
        if (value != (int) value) {
            throw new IOException(name + " is too large: " + value);
        }
        return (int) value;
    }

    public long longValue() throws IOException {
        if (!in.hasToken(JsonToken.VALUE_NUMBER_INT) || in.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw notA("a whole number of 64 bits");
        }
        return in.getLongValue();
    }

    public boolean flag() throws IOException {
        if (!in.currentToken().isBoolean()) {
            throw notA("a boolean");
        }
        return in.getBooleanValue();
    }

    public String text() throws IOException {
        if (!in.hasToken(JsonToken.VALUE_STRING)) {
            throw notA("a string");
        }
        return in.getText();
    }

    public byte[] binary() throws IOException {
        if (!in.hasToken(JsonToken.VALUE_STRING)) {
            throw notA("a base64 string");
        }
        return in.getBinaryValue();
    }

    public Map<String, Object> map() throws IOException {
        enterObject();
        return JournalFormat.JSON.readValue(in, MAP);
    }

    /** An object, or nothing. */
    public Map<String, Object> optionalMap() throws IOException {
        return in.hasToken(JsonToken.VALUE_NULL) ? Map.of() : map();
    }

    /** Moves into the object that is the field's value; {@link #next} then moves through its fields. */
    public void enterObject() throws IOException {
        if (!in.isExpectedStartObjectToken()) {
            throw notA("an object");
        }
    }

    /** Checks that the field's value is an array; its elements are read from the parser. */
    public JsonParser enterArray() throws IOException {
        if (!in.isExpectedStartArrayToken()) {
            throw notA("an array");
        }
        return in;
    }

    /** An array of whole numbers, some of which may be absent. */
    public Numbers numbers() throws IOException {
        enterArray();
        long[] values = room;
        BitSet absent = new BitSet();
        int count = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (count == values.length) {
                values = Arrays.copyOf(values, count * 2);
                room = values;
            }
            if (in.hasToken(JsonToken.VALUE_NULL)) {
                absent.set(count);
                values[count++] = 0;
            } else {
                values[count++] = longValue();
            }
        }
        return new Numbers(Arrays.copyOf(values, count), absent);
    }

    /** The same of so many. */
    public Numbers numbers(int count) throws IOException {
        Numbers numbers = numbers();
        if (numbers.length() != count) {
            throw new IOException(name + " has " + numbers.length() + " numbers, not " + count);
        }
        return numbers;
    }

    public void skip() throws IOException {
        in.skipChildren();
    }

    /** Moves over all the fields that are left. */
    public void skipRest() throws IOException {
        while (next()) {
            skip();
        }
    }

    private IOException notA(String kind) throws IOException {
        return new IOException(name + " is not " + kind + ": " + shortText());
    }

    private String shortText() throws IOException {
        String text = in.getText();
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }

    /** Whole numbers of which some are absent. */
    public record Numbers(long[] values, BitSet absent) {
        public static final Numbers NONE = of();

        public static Numbers of(long... values) {
            return new Numbers(values, new BitSet());
        }

        public int length() {
            return values.length;
        }

        public boolean has(int index) {
            return !absent.get(index);
        }

        /** 0 where it is absent. */
        public long value(int index) {
            return values[index];
        }

        /** Behind a time; {@link RequestRecord#ABSENT} where it is absent. */
        public long plus(int index, long time) {
            return has(index) ? time + values[index] : RequestRecord.ABSENT;
        }

        /** Each with another one added, which is asked for by its place. */
        public Numbers with(IntToLongFunction others) {
            long[] sums = new long[values.length];
            Arrays.setAll(sums, i -> has(i) ? values[i] + others.applyAsLong(i) : 0);
            return new Numbers(sums, absent);
        }

        /** All but the first. */
        public Numbers rest() {
            return new Numbers(Arrays.copyOfRange(values, 1, values.length), absent.get(1, Math.max(1, values.length)));
        }

        /** Times, each behind the one before it that is known. */
        public long[] sums(long base) {
            long[] times = new long[values.length];
            long last = base;
            for (int i = 0; i < times.length; i++) {
                last += values[i];
                times[i] = has(i) ? last : RequestRecord.ABSENT;
            }
            return times;
        }
    }
}
