package io.inferometer.record.journal;

import java.io.IOException;

/** A journal can't be started. The message is one line: which file, why, what to do. */
public final class JournalException extends IOException {
    private static final long serialVersionUID = 1L;

    JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
