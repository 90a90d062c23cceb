package io.inferometer.corpus.talk.file;

import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.json.BadEntry;
import java.io.IOException;
import java.util.Optional;

/** Makes sessions of the entries of one format. */
interface TalkReader {
    /**
     * The next session; empty at the end of the file. After a {@link BadEntry} it can be called again, and goes on behind
     * what was bad.
     *
     * @throws BadEntry if there is none to be made of what comes next
     */
    Optional<RecordedSession> next() throws IOException;

    /** How many entries were no session so far, without being wrong. */
    default long passedOver() {
        return 0;
    }
}
