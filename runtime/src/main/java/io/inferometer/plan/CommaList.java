package io.inferometer.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Values in one text, with commas between. A comma that belongs to a value has a backslash before it; a backslash means
 * itself everywhere else, and one before a comma is doubled.
 */
public final class CommaList {
    private CommaList() {}

    /**
     * {@return the values of a text, at least one}
     *
     * @param text values with commas between them
     */
    public static List<String> split(String text) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != ',') {
                value.append(text.charAt(i));
                continue;
            }
            int backslashes = backslashes(value);
            value.setLength(value.length() - (backslashes + 1) / 2);
            if (backslashes % 2 == 1) {
                value.append(',');
            } else {
                values.add(value.toString());
                value.setLength(0);
            }
        }
        values.add(value.toString());
        return values;
    }

    /**
     * {@return the text that {@link #split} makes these values of}
     *
     * @param values at least one
     */
    public static String join(List<String> values) {
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < values.size(); number++) {
            if (number > 0) {
                text.append("\\".repeat(backslashes(text))).append(',');
            }
            String value = values.get(number);
            for (int i = 0; i < value.length(); i++) {
                if (value.charAt(i) == ',') {
                    text.append("\\".repeat(backslashes(value.substring(0, i)) + 1));
                }
                text.append(value.charAt(i));
            }
        }
        return text.toString();
    }

    /** How many backslashes a text ends with. */
    private static int backslashes(CharSequence text) {
        int count = 0;
        while (count < text.length() && text.charAt(text.length() - 1 - count) == '\\') {
            count++;
        }
        return count;
    }
}
