package io.inferometer.report.csv;

import java.io.Closeable;
import java.io.IOException;

/** A file of rows, each with a value for every column. */
interface Rows extends Closeable {
    /** @param values numbers, texts and booleans in the order of the columns, null for what is absent */
    void row(Object[] values) throws IOException;

    /** Hands what was written to the operating system. */
    void flush() throws IOException;
}
