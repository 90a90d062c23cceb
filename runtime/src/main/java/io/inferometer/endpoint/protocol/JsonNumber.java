package io.inferometer.endpoint.protocol;

/** The whole part of a number in JSON: a minus sign or none, and digits. */
final class JsonNumber {
    private JsonNumber() {}

    /** Where the whole part of the number at {@code from} ends; {@code from} itself if there is no number. */
    static int end(byte[] bytes, int from, int to) {
        int i = from;
        if (i < to && bytes[i] == '-') {
            i++;
        }
        while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i;
    }

    /** The value of a whole part; of more than 18 digits nothing in particular. */
    static long value(byte[] bytes, int from, int to) {
        boolean negative = bytes[from] == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < to; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return negative ? -value : value;
    }
}
