package io.inferometer.workload.binding;

import java.util.Arrays;
import java.util.List;

/** The type of a parameter field, and which texts are values of it. */
public sealed interface ParamType {
    /** Any text. */
    record Text() implements ParamType {}

    /** {@code true} or {@code false}. */
    record Flag() implements ParamType {}

    /** A whole number of 32 bits. */
    record Int() implements ParamType {}

    /** A whole number of 64 bits. */
    record Long() implements ParamType {}

    /** A finite decimal number. */
    record Decimal() implements ParamType {}

    /**
     * One of an enum's constants, by its name.
     *
     * @param constants their names, in their order
     */
    record Choice(List<String> constants) implements ParamType {
        /**
         * Copies what it is given.
         *
         * @param constants copied
         */
        public Choice {
            constants = List.copyOf(constants);
        }

        /**
         * {@return the names of an enum's constants, in their order}
         *
         * @param constants all of the enum's
         */
        public static Choice of(Enum<?>... constants) {
            return new Choice(Arrays.stream(constants).map(Enum::name).toList());
        }
    }

    /**
     * {@return whether {@code value} can be assigned to a field of this type}
     *
     * @param value as text
     */
    default boolean accepts(String value) {
        try {
            if (this instanceof Flag) {
                return value.equals("true") || value.equals("false");
            } else if (this instanceof Int) {
                Integer.parseInt(value);
            } else if (this instanceof Long) {
                java.lang.Long.parseLong(value);
            } else if (this instanceof Decimal) {
                return Double.isFinite(Double.parseDouble(value));
            } else if (this instanceof Choice choice) {
                return choice.constants().contains(value);
            }
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** {@return what a value has to be, for a message: {@code a whole number}} */
    default String expectation() {
        if (this instanceof Flag) {
            return "true or false";
        } else if (this instanceof Int || this instanceof Long) {
            return "a whole number";
        } else if (this instanceof Decimal) {
            return "a number";
        } else if (this instanceof Choice choice) {
            return "one of " + String.join(", ", choice.constants());
        }
        return "a text";
    }
}
