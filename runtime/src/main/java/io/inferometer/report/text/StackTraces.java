package io.inferometer.report.text;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Makes text of an exception. */
public final class StackTraces {
    private StackTraces() {}

    /** The exception with its causes, a line for each call. */
    public static String text(Throwable exception) {
        StringWriter text = new StringWriter();
        exception.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
