package io.inferometer.report.journal;

import io.inferometer.record.IterationSpan;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a journal's lines say of a member of a run. */
public final class MemberLines {
    /** It is ready to start something together with the others; in its own journal alone. */
    public static final String READY = "ready";

    /** It has started an iteration together with the others. */
    public static final String START = "start";

    /** It is lost. */
    public static final String LOST = "lost";

    private MemberLines() {}

    /**
     * That it has started an iteration.
     *
     * @param member its number, from 0
     * @param agreedNanos when it was to, as the times of records are
     * @param nanos when it did
     */
    public static Map<String, Object> start(int member, IterationSpan span, long agreedNanos, long nanos) {
        Map<String, Object> fields = of(span.trial(), span.fork(), member);
        fields.put("warmup", span.warmup());
        fields.put("iteration", span.iteration());
        fields.put("agreedNanos", agreedNanos);
        fields.put("startNanos", nanos);
        return fields;
    }

    /** Which member it is of. */
    public static Map<String, Object> of(int trial, int fork, int member) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("trial", trial);
        fields.put("fork", fork);
        fields.put("member", member);
        return fields;
    }
}
