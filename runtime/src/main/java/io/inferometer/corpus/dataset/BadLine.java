package io.inferometer.corpus.dataset;

import java.util.Collection;

/** A line of a file that can't be read: its message names file, line and reason. The lines after it may be read. */
public final class BadLine extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** Whether a key was the reason. */
    private boolean unknownKey;

    /**
     * Tells of a line of a file.
     *
     * @param file its name
     * @param line from 1
     * @param reason what is wrong, the rest of a sentence behind a colon
     */
    public BadLine(String file, long line, String reason) {
        super(file + ", line " + line + ": " + reason);
    }

    private BadLine(String message, BadLine cause) {
        super(message, cause);
    }

    /** A line with a key that its format doesn't have, as lines of another format have. */
    static BadLine unknownKey(JsonLine line, String key, Collection<String> known) {
        BadLine bad = line.bad("'" + key + "' is no key of this format; there are "
                + String.join(", ", known.stream().sorted().toList()));
        bad.unknownKey = true;
        return bad;
    }

    /** {@return whether it has a key that its format doesn't have} */
    public boolean unknownKey() {
        return unknownKey;
    }

    /**
     * {@return the same with a hint behind its message}
     *
     * @param hint the rest of a sentence behind a semicolon
     */
    public BadLine with(String hint) {
        return new BadLine(getMessage() + "; " + hint, this);
    }
}
