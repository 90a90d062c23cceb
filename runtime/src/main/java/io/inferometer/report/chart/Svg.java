package io.inferometer.report.chart;

import java.util.Locale;

/** Writes an SVG element by element. Numbers have one decimal at most. */
final class Svg {
    private final StringBuilder text = new StringBuilder();

    /**
     * An element without content.
     *
     * @param attributes names and values in turn; a number is written briefly
     */
    Svg element(String name, Object... attributes) {
        tag(name, attributes);
        text.append("/>\n");
        return this;
    }

    /** An element that holds a text. */
    Svg text(String name, String content, Object... attributes) {
        tag(name, attributes);
        text.append('>').append(escaped(content)).append("</").append(name).append(">\n");
        return this;
    }

    /** A text that is no element, as it is. */
    Svg raw(String content) {
        text.append(content);
        return this;
    }

    /** Opens an element that others are written into. */
    Svg open(String name, Object... attributes) {
        tag(name, attributes);
        text.append(">\n");
        return this;
    }

    Svg close(String name) {
        text.append("</").append(name).append(">\n");
        return this;
    }

    private void tag(String name, Object... attributes) {
        text.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ').append(attributes[i]).append("=\"");
            text.append(escaped(value(attributes[i + 1]))).append('"');
        }
    }

    private static String value(Object value) {
        return value instanceof Double number ? number(number) : value.toString();
    }

    static String number(double value) {
        String one = String.format(Locale.ROOT, "%.1f", value);
        return one.endsWith(".0") ? one.substring(0, one.length() - 2) : one;
    }

    private static String escaped(String content) {
        return content.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
