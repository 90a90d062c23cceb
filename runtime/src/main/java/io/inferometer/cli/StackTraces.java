package io.inferometer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Makes text of an exception. */
final class StackTraces {
    private StackTraces() {}

    static String text(Throwable exception) {
        StringWriter text = new StringWriter();
        exception.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
