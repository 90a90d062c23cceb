package io.inferometer.endpoint.protocol;

import io.inferometer.record.RequestTimeline;

/**
 * Reads answers that have no text and come in one body: how many embeddings, or documents put in order, they hold, and how
 * many tokens went in.
 */
public final class ItemsScanner extends LayoutScanner {
    private static final byte[] DATA = ascii("data");
    private static final byte[] RESULTS = ascii("results");
    private static final byte[] META = ascii("meta");
    private static final byte[] OBJECT = ascii("object");

    private final boolean all;
    private int items;

    private ItemsScanner(boolean all) {
        this.all = all;
    }

    /** Reads embeddings: one for each input. */
    public static ItemsScanner ofEmbeddings() {
        return new ItemsScanner(true);
    }

    /** Reads documents put in order: all of them, or as many as were asked for. */
    public static ItemsScanner ofRerank() {
        return new ItemsScanner(false);
    }

    @Override
    public Ending ending(RequestTimeline into, boolean done) {
        return Ending.BROKEN;
    }

    @Override
    public String lack(int carried, RequestTimeline into) {
        int asked = into.identity().items();
        if (items == 0) {
            return all ? "no embedding in the answer" : "no result in the answer";
        }
        return all && asked > 0 && items != asked
                ? items + (items == 1 ? " embedding" : " embeddings") + " in the answer to " + asked
                : "";
    }

    @Override
    void event() {
        answer();
    }

    @Override
    void answer() {
        json.enterObject();
        while (json.nextKey()) {
            if (json.keyIs(all ? DATA : RESULTS)) {
                items();
            } else if (json.keyIs(USAGE) || json.keyIs(META)) {
                usage();
            } else if (json.keyIs(OBJECT) || json.keyIs(TYPE)) {
                error |= json.string() && json.keyIs(ERROR_KEY);
            } else {
                other();
            }
        }
    }

    private void items() {
        if (!json.enterArray()) {
            return;
        }
        while (json.nextElement()) {
            items += json.isObject() ? 1 : 0;
            json.skip();
        }
    }

    /** All tokens are those of what was asked, where nothing else is told of them. */
    @Override
    void walked() {
        if (timeline.promptTokens() <= 0) {
            timeline.promptTokens(timeline.totalTokens());
        }
        int asked = timeline.identity().items();
        timeline.items(asked > items ? asked : items);
    }
}
