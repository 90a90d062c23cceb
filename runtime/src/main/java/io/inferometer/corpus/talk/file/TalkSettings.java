package io.inferometer.corpus.talk.file;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How a file is to be read.
 *
 * @param format what it is
 * @param unit of times that are numbers, where the format has no unit of its own; empty for none
 * @param skipBadLines whether what can't be read is passed over and counted
 * @param seed of what a format leaves to be drawn
 */
public record TalkSettings(TalkFormat format, Optional<TimeUnit> unit, boolean skipBadLines, long seed) {
    public TalkSettings {
        Objects.requireNonNull(format, "format");
        if (unit.isPresent() && format != TalkFormat.OTEL) {
            throw new IllegalArgumentException("the times of " + format.label()
                    + " have their unit by the format's own word; leave out --time-unit");
        }
    }

    /** As the format says, and to the letter. */
    public static TalkSettings of(TalkFormat format) {
        return new TalkSettings(format, Optional.empty(), false, 0);
    }

    OptionalLong unitNanos() {
        return unit.isPresent() ? OptionalLong.of(unit.get().toNanos(1)) : OptionalLong.empty();
    }
}
