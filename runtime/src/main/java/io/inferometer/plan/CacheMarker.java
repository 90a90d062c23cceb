package io.inferometer.plan;

import java.util.Objects;

/**
 * Words that stand first in prompts, so that what was sent before by accident has nothing in common with them: an endpoint's
 * prefix cache finds nothing behind a first token that is another.
 *
 * @param scope whose own they are
 * @param all whether every text gets them; else those prompts alone that are made up to a length
 * @param seed what they are drawn from, with the trial and the fork where they are these' own
 */
public record CacheMarker(Scope scope, boolean all, long seed) {
    /** No marker. */
    public static final CacheMarker NONE = new CacheMarker(Scope.NONE, false, 0);

    /** Who has words of its own. */
    public enum Scope {
        /** Each run, and each fork of it. */
        RUN,
        /** Each trial of each of them. */
        TRIAL,
        /** Nobody: prompts are sent as they are. */
        NONE
    }

    /**
     * Checks what it is given.
     *
     * @param scope as of the record
     * @param all as of the record
     * @param seed as of the record
     */
    public CacheMarker {
        Objects.requireNonNull(scope, "scope");
    }

    /** {@return the same without what it is drawn from, which says nothing to a reader} */
    public CacheMarker told() {
        return new CacheMarker(scope, all, 0);
    }

    /** {@return whether there are any} */
    public boolean on() {
        return scope != Scope.NONE;
    }
}
