package io.inferometer.report;

import io.inferometer.record.Outcome;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a run came to its end. */
public sealed interface RunEnd {
    /** Everything that was planned has been run. */
    RunEnd COMPLETE = new Complete();

    /** It, or its process, was told to end. */
    RunEnd INTERRUPTED = new Interrupted();

    /** {@return why it is not complete, on one line, as journals and results have it; empty if it is} */
    String text();

    /**
     * {@return the end that a journal tells of, by its text}
     *
     * @param complete whether the run came to its end
     * @param text why not, as {@link #text} has it; empty where it did
     */
    static RunEnd told(boolean complete, String text) {
        if (complete) {
            return COMPLETE;
        }
        Matcher timeOver = TimeOver.TEXT.matcher(text);
        if (timeOver.matches()) {
            return new TimeOver(Duration.ofMillis(Math.round(Double.parseDouble(timeOver.group(1)) * 1e3)));
        }
        return text.equals(INTERRUPTED.text()) ? INTERRUPTED : new Broken(text);
    }

    /** Everything that was planned has been run. */
    record Complete() implements RunEnd {
        @Override
        public String text() {
            return "";
        }
    }

    /** It, or its process, was told to end. */
    record Interrupted() implements RunEnd {
        @Override
        public String text() {
            return "interrupted";
        }
    }

    /** The time that it was given was over. */
    record TimeOver(Duration runTime) implements RunEnd {
        private static final Pattern TEXT = Pattern.compile("its run time of ([0-9.E]+) s was over");

        @Override
        public String text() {
            return "its run time of " + runTime.toMillis() / 1e3 + " s was over";
        }
    }

    /** A measured request failed, and the first one that does was to end the run. */
    record FailedRequest(long index, Outcome outcome, String error) implements RunEnd {
        @Override
        public String text() {
            return "request " + index + " failed (" + outcome.label() + ": " + error + "), and -foe was given";
        }
    }

    /** Something broke. A journal's own reasons that are none of the others are this one too. */
    record Broken(String text) implements RunEnd {}
}
