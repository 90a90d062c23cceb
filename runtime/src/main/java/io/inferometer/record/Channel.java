package io.inferometer.record;

/** What a text of an answer is for. An event may carry text of several. */
public enum Channel {
    /** What a user reads. */
    VISIBLE("visible", Carried.CONTENT),
    /** What a model says to itself before it answers. */
    REASONING("reasoning", Carried.REASONING),
    /** Why it does not answer. */
    REFUSAL("refusal", Carried.REFUSAL),
    /** Which function is to be called, and with what. */
    TOOL("tool", Carried.TOOL);

    private final String label;
    private final int bit;

    Channel(String label, int bit) {
        this.label = label;
        this.bit = bit;
    }

    /** {@return the name in reports} */
    public String label() {
        return label;
    }

    /**
     * {@return whether an event that carried {@code bits} carried text of it}
     *
     * @param bits those of an event, as {@link Carried} has them
     */
    public boolean in(int bits) {
        return (bits & bit) != 0;
    }
}
