package io.inferometer.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The options of a profile, {@code key=value&key=value}. Every method throws {@link IllegalArgumentException} with one
 * line for the user where a value is not fit.
 */
final class ProfileOptions {
    private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal MAX_MILLIS = BigDecimal.valueOf(24L * 3600 * 1000);

    private final Map<String, String> values;

    private ProfileOptions(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads options.
     *
     * @param profile the profile's name
     * @param text the options; empty for none, null for no question mark either
     * @param defaults all options that there are, in the order in which they are told, with their defaults
     */
    static ProfileOptions read(String profile, String text, Map<String, String> defaults) {
        Map<String, String> values = new LinkedHashMap<>(defaults);
        if (text == null) {
            return new ProfileOptions(values);
        }
        Set<String> seen = new HashSet<>();
        for (String option : text.split("&", -1)) {
            int equals = option.indexOf('=');
            String key = equals < 0 ? option : option.substring(0, equals);
            if (!values.containsKey(key)) {
                throw new IllegalArgumentException("profile " + profile + " has no option '" + key + "'; known: "
                        + String.join(", ", values.keySet()));
            }
            if (equals < 0) {
                throw new IllegalArgumentException("option " + key + " needs a value: " + key + "=…");
            }
            if (!seen.add(key)) {
                throw new IllegalArgumentException("option " + key + " is given twice");
            }
            values.put(key, option.substring(equals + 1));
        }
        return new ProfileOptions(values);
    }

    String text(String key) {
        return values.get(key);
    }

    /** Milliseconds as nanoseconds, to the nearest one. */
    long nanos(String key) {
        BigDecimal millis = number(key, MAX_MILLIS, "a number of milliseconds from 0 to " + MAX_MILLIS);
        return millis.multiply(NANOS_PER_MILLI)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** A number from 0 to {@code most}. */
    double number(String key, int most) {
        return number(key, BigDecimal.valueOf(most), "a number from 0 to " + most)
                .doubleValue();
    }

    /** A number of more than 0 and up to {@code most}. */
    double factor(String key, int most) {
        String what = "a number of more than 0, up to " + most;
        BigDecimal factor = number(key, BigDecimal.valueOf(most), what);
        if (factor.signum() == 0) {
            throw unfit(key, what);
        }
        return factor.doubleValue();
    }

    private BigDecimal number(String key, BigDecimal most, String what) {
        try {
            BigDecimal number = new BigDecimal(text(key));
            if (number.signum() >= 0 && number.compareTo(most) <= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of bounds.
        }
        throw unfit(key, what);
    }

    /** A whole number of at least {@code least}. */
    int count(String key, int least) {
        return count(key, least, Integer.MAX_VALUE, "a whole number of at least " + least);
    }

    /** A whole number from {@code least} to {@code most}. */
    int count(String key, int least, int most) {
        return count(key, least, most, "a whole number from " + least + " to " + most);
    }

    /** A whole number of at least {@code least}, where a word is allowed too. */
    int count(String key, int least, String word) {
        return count(key, least, Integer.MAX_VALUE, "a whole number of at least " + least + ", or " + word);
    }

    private int count(String key, int least, int most, String what) {
        try {
            int count = Integer.parseInt(text(key));
            if (count >= least && count <= most) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of bounds.
        }
        throw unfit(key, what);
    }

    boolean truth(String key) {
        return switch (text(key)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unfit(key, "true or false");
        };
    }

    private IllegalArgumentException unfit(String key, String what) {
        return new IllegalArgumentException(key + " must be " + what + ", not '" + text(key) + "'");
    }
}
