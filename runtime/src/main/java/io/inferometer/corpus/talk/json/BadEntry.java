package io.inferometer.corpus.talk.json;

/** What keeps an entry of a file from being read: where in it, and why. */
public final class BadEntry extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long line;

    /**
     * @param line where it stands, from 1; 0 where that is the entry read last
     * @param why the whole reason, with the key
     */
    public BadEntry(long line, String why) {
        super(why, null, false, false);
        this.line = line;
    }

    public BadEntry(String why) {
        this(0, why);
    }

    /** At a line, if it is at none yet. */
    public BadEntry at(long entry) {
        return line == 0 ? new BadEntry(entry, getMessage()) : this;
    }

    /** Where it stands, from 1; 0 for the entry read last. */
    public long line() {
        return line;
    }
}
