package io.inferometer.stats.token;

/** Where a number of tokens comes from, the most trustworthy first. */
public enum TokenSource {
    /** The endpoint told it. */
    USAGE("usage"),
    /** The client's tokenizer counted the text. */
    TOKENIZER("tokenizer"),
    /** The token-bearing events were counted, which may have carried several tokens each. */
    EVENTS("events"),
    /** It is not known. */
    NONE("none");

    private final String label;

    TokenSource(String label) {
        this.label = label;
    }

    /** {@return the name in result files} */
    public String label() {
        return label;
    }
}
