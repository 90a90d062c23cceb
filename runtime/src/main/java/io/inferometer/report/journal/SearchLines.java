package io.inferometer.report.journal;

import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.search.SearchAsked;
import java.io.IOException;
import java.util.Map;

/** What a journal's lines say of a search. */
public final class SearchLines {
    /** What was asked. */
    public static final String ASKED = "asked";

    /** A trial that it has come to. */
    public static final String TRIAL = "trial";

    private SearchLines() {}

    static void tell(Replay replay, String what, Map<String, Object> fields) throws IOException {
        if (what.equals(ASKED)) {
            replay.search(SearchAsked.ofMap(fields));
        } else if (what.equals(TRIAL)) {
            replay.planned(TrialHeader.ofMap(fields));
        }
    }
}
