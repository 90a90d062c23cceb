package io.inferometer.corpus.talk.file;

import io.inferometer.corpus.talk.RecordedSession;
import io.inferometer.corpus.talk.json.BadEntry;
import io.inferometer.corpus.talk.json.Entries;
import io.inferometer.corpus.talk.json.Entry;
import java.io.IOException;
import java.util.Optional;

/** Where each entry is a session, or none. */
final class EntrySessions implements TalkReader {
    /** Reads one entry. */
    interface Reading {
        /** The session of an entry; empty where there is nothing to be asked in it. */
        Optional<RecordedSession> session(Entry entry);
    }

    private final Entries entries;
    private final Reading reading;
    private long passedOver;

    EntrySessions(Entries entries, Reading reading) {
        this.entries = entries;
        this.reading = reading;
    }

    @Override
    public Optional<RecordedSession> next() throws IOException {
        for (Optional<Entry> entry = entries.next(); entry.isPresent(); entry = entries.next()) {
            Optional<RecordedSession> session = session(entry.get());
            if (session.isPresent()) {
                return session;
            }
            passedOver++;
        }
        return Optional.empty();
    }

    private Optional<RecordedSession> session(Entry entry) {
        try {
            return reading.session(entry);
        } catch (BadEntry e) {
            throw e.at(entry.line());
        }
    }

    @Override
    public long passedOver() {
        return passedOver;
    }
}
