package io.inferometer.corpus.dataset;

/** A line of a file that can't be read: its message names file, line and reason. The lines after it may be read. */
public final class BadLine extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** @param line from 1 */
    public BadLine(String file, long line, String reason) {
        super(file + ", line " + line + ": " + reason);
    }
}
