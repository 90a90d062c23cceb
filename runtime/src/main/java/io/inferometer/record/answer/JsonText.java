package io.inferometer.record.answer;

/** Turns what stands between the quotes of a JSON string into the text it means. */
public final class JsonText {
    private JsonText() {}

    /** The text; an escape that JSON does not know is kept as it stands. */
    static String unescape(String escaped) {
        int next = escaped.indexOf('\\');
        if (next < 0) {
            return escaped;
        }
        StringBuilder text = new StringBuilder(escaped.length());
        int from = 0;
        while (next >= 0 && next + 1 < escaped.length()) {
            text.append(escaped, from, next);
            char c = escaped.charAt(next + 1);
            from = next + 2;
            switch (c) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case '"', '\\', '/' -> text.append(c);
                case 'u' -> from = unicode(escaped, next, text);
                default -> text.append('\\').append(c);
            }
            next = escaped.indexOf('\\', from);
        }
        return text.append(escaped, from, escaped.length()).toString();
    }

    private static int unicode(String escaped, int at, StringBuilder text) {
        if (at + 6 <= escaped.length()) {
            try {
                text.append((char) Integer.parseInt(escaped, at + 2, at + 6, 16));
                return at + 6;
            } catch (NumberFormatException e) {
                // Not four hexadecimal digits: kept as it stands.
            }
        }
        text.append("\\u");
        return at + 2;
    }
}
