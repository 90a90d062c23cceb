package io.inferometer.cli.options;

import io.inferometer.plan.UsageException;
import java.util.List;

/** Makes sure that what a user writes has come through whole: a JVM can't pass on letters that its locale does not have. */
public final class Legible {
    private static final char LOST = '\ufffd';

    private Legible() {}

    /**
     * Words of the command line.
     *
     * @throws UsageException if letters of one were lost
     */
    public static void words(List<String> words) {
        words.forEach(word -> check(word, word));
    }

    /**
     * The value of a variable, or null, which is returned as it is.
     *
     * @throws UsageException if letters of it were lost
     */
    public static String variable(String name, String value) {
        if (value != null) {
            check("the value of " + name, value);
        }
        return value;
    }

    private static void check(String what, String text) {
        if (text.indexOf(LOST) >= 0) {
            throw new UsageException(what.replace(LOST, '?') + " has letters that this locale ("
                    + System.getProperty("sun.jnu.encoding") + ") can't pass on: set LC_ALL=C.UTF-8 and try again");
        }
    }
}
