package io.inferometer.corpus.trace;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How a file is to be read.
 *
 * @param format what it is
 * @param unit the unit of its times; empty for that of the format
 * @param blockTokens how many tokens a block has; 0 for as many as in the format
 * @param skipBadLines whether lines that can't be read are passed over and counted
 */
public record TraceSettings(TraceFormat format, Optional<TimeUnit> unit, int blockTokens, boolean skipBadLines) {
    /**
     * Checks what it is given.
     *
     * @param format as of the record
     * @param unit as of the record
     * @param blockTokens as of the record
     * @param skipBadLines as of the record
     */
    public TraceSettings {
        if (unit.isPresent() && format.unit() == null) {
            throw new IllegalArgumentException("the times of " + format.label() + " are "
                    + (format == TraceFormat.AZURE ? "dates, which have no unit" : "none") + "; leave out --time-unit");
        }
        if (blockTokens < 0) {
            throw new IllegalArgumentException("a block must have at least 1 token, not " + blockTokens);
        }
        if (blockTokens > 0 && format.blockTokens() == 0) {
            throw new IllegalArgumentException(format.label() + " has no blocks of tokens; leave out block");
        }
    }

    /**
     * {@return the settings by which all is as the format says}
     *
     * @param format what the file is
     */
    public static TraceSettings of(TraceFormat format) {
        return new TraceSettings(format, Optional.empty(), 0, false);
    }

    TimeUnit timeUnit() {
        return unit.orElse(format.unit());
    }

    int block() {
        return blockTokens > 0 ? blockTokens : format.blockTokens();
    }
}
