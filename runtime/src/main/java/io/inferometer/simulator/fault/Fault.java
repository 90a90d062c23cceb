package io.inferometer.simulator.fault;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the simulated endpoint can be told to do wrong; {@code docs/simulated-faults.md} describes each one for users.
 */
public enum Fault {
    NONE("none", Stage.NEVER),

    CONTEXT_OVERFLOW("400", Stage.INSTEAD),
    UNAUTHORIZED("401", Stage.INSTEAD),
    FORBIDDEN("403", Stage.INSTEAD),
    NOT_FOUND("404", Stage.INSTEAD),
    TOO_LARGE("413", Stage.INSTEAD),
    UNPROCESSABLE("422", Stage.INSTEAD),
    TOO_MANY_REQUESTS("429", Stage.INSTEAD),
    TOO_MANY_UNTIL("429-date", Stage.INSTEAD),
    SERVER_ERROR("500", Stage.INSTEAD),
    LONG_ERROR("500-long", Stage.INSTEAD),
    BAD_GATEWAY("502", Stage.INSTEAD),
    LOADING("503", Stage.INSTEAD),
    GATEWAY_TIMEOUT("504", Stage.INSTEAD),
    REDIRECT("redirect", Stage.INSTEAD),
    HTML("html", Stage.INSTEAD),
    GZIP("gzip", Stage.INSTEAD),
    RESET("reset", Stage.INSTEAD),
    RESET_IN_HEADERS("reset-in-headers", Stage.INSTEAD),
    RESET_AFTER_HEADERS("reset-after-headers", Stage.INSTEAD),
    ENDLESS_HEADERS("endless-headers", Stage.INSTEAD),
    STALL_AT_ONCE("stall-at-once", Stage.INSTEAD),

    CRLF("crlf", Stage.FORM),
    CR("cr", Stage.FORM),
    PINGS("pings", Stage.FORM),
    TRICKLE("trickle", Stage.FORM),
    NO_DONE("no-done", Stage.FORM),
    NO_BLANK("no-blank", Stage.FORM),
    LONG_CHUNKS("long-chunks", Stage.FORM),
    SHORT_CHUNKS("short-chunks", Stage.FORM),

    EMPTY("empty", Stage.CONTENT),
    NO_USAGE("no-usage", Stage.CONTENT),
    FALSE_USAGE("false-usage", Stage.CONTENT),
    TWO_USAGES("two-usages", Stage.CONTENT),

    CUT("cut", Stage.MIDWAY),
    CUT_CHARACTER("cut-character", Stage.MIDWAY),
    CUT_CHUNK_SIZE("cut-chunk-size", Stage.MIDWAY),
    HUGE_EVENT("huge-event", Stage.MIDWAY),
    ERROR("error", Stage.MIDWAY),
    STALL("stall", Stage.MIDWAY),

    UNREAD("unread", Stage.CONNECTION),
    CLOSE_IDLE("close-idle", Stage.CONNECTION);

    /**
     * The header in which a request for inference asks for a fault of its own, by the word that a profile has for it; "none"
     * for none, whatever the profile says.
     */
    public static final String HEADER = "X-Fault";

    /** The word for all of them in turn. */
    static final String MIXED = "mixed";

    /** Where in the course of a request a fault shows. */
    public enum Stage {
        /** Never. */
        NEVER,
        /** In the place of an answer. */
        INSTEAD,
        /** In how the events of a stream are written. */
        FORM,
        /** In what the answer says. */
        CONTENT,
        /** After half of the tokens, rounded down. */
        MIDWAY,
        /** In how the connection is kept. */
        CONNECTION
    }

    private final String key;
    private final Stage stage;

    Fault(String key, Stage stage) {
        this.key = key;
        this.stage = stage;
    }

    /** The word that stands for it in a profile and in a request's header. */
    public String key() {
        return key;
    }

    public Stage stage() {
        return stage;
    }

    /** Whether it breaks an answer off. */
    public boolean cuts() {
        return this == CUT || this == CUT_CHARACTER || this == CUT_CHUNK_SIZE;
    }

    /** The fault of a word. */
    public static Fault of(String key) {
        for (Fault fault : values()) {
            if (fault.key.equals(key)) {
                return fault;
            }
        }
        throw new IllegalArgumentException("fault must be one of " + keys() + ", or " + MIXED + ", not '" + key + "'");
    }

    /** The faults of a list of words with commas between, or of {@link #MIXED}. */
    public static List<Fault> all(String keys) {
        if (keys.equals(MIXED)) {
            return Arrays.stream(values()).filter(fault -> fault != NONE).toList();
        }
        return Arrays.stream(keys.split(",", -1)).map(Fault::of).toList();
    }

    private static String keys() {
        return Arrays.stream(values()).map(Fault::key).collect(Collectors.joining(", "));
    }
}
