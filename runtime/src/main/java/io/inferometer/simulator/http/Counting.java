package io.inferometer.simulator.http;

import java.util.List;

/**
 * A reply that depends on the tokens of some texts, which are counted elsewhere.
 *
 * @param texts the texts
 * @param then makes the reply of their ids
 */
record Counting(List<String> texts, Then then) implements Reply {
    /** What comes after. */
    interface Then {
        Reply reply(int[] ids) throws ApiException;
    }
}
