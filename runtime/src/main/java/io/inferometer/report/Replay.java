package io.inferometer.report;

import io.inferometer.record.RequestRecord;
import java.io.IOException;

/**
 * Tells a report what happened in a run, from its records alone, as the run itself told it: where iterations start and
 * end follows from the records.
 */
public final class Replay {
    private final RunHeader header;
    private final RunReportBuilder builder;
    private final Report report;
    private RequestRecord last;

    /** Begins: tells the report that the run has started. */
    public Replay(RunHeader header, RunReportBuilder builder, Report report) throws IOException {
        this.header = header;
        this.builder = builder;
        this.report = report;
        report.runStarted(header);
    }

    /** Goes on with the next record of the journal. */
    public void add(RequestRecord record) throws IOException {
        if (last != null && !sameIteration(last, record)) {
            report.iterationEnded(builder.iterationEnded());
        }
        if (last == null || !sameIteration(last, record)) {
            TrialHeader trial = header.trial(record.trial());
            if (last == null || last.trial() != record.trial()) {
                report.trialStarted(trial);
            }
            builder.iterationStarted(record.trial(), record.warmup(), record.iteration());
            report.iterationStarted(trial, record.warmup(), record.iteration());
        }
        last = record;
        report.requestEnded(record, builder.add(record));
    }

    /** Ends: tells the report the result, and returns it. */
    public RunReport end(boolean complete, String incompleteReason) throws IOException {
        if (last != null) {
            report.iterationEnded(builder.iterationEnded());
        }
        RunReport result = builder.build(complete, incompleteReason);
        report.runEnded(result);
        return result;
    }

    private static boolean sameIteration(RequestRecord a, RequestRecord b) {
        return a.trial() == b.trial() && a.warmup() == b.warmup() && a.iteration() == b.iteration();
    }
}
