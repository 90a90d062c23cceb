package io.inferometer.report.file;

import java.io.IOException;

/** A result file can't be written. The message is one line: which file, why, what to do. */
public final class ResultFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public ResultFileException(String message) {
        super(message);
    }

    public ResultFileException(String message, IOException cause) {
        super(message, cause);
    }
}
