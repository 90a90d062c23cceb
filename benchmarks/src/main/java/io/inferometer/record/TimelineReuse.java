package io.inferometer.record;

/** Lets a benchmark fill one timeline again and again, so that making it is no part of what is measured. */
public final class TimelineReuse {
    private TimelineReuse() {}

    /** Forgets the events and the text of a timeline, and keeps the room for them. */
    public static void clear(RequestTimeline timeline) {
        timeline.clear();
    }
}
