package io.inferometer.report.html;

import io.inferometer.record.RequestRecord;
import io.inferometer.report.RunReport;
import io.inferometer.report.compare.Judged;
import io.inferometer.report.file.Destination;
import io.inferometer.report.file.ResultReport;
import io.inferometer.report.gate.SearchSheets;
import io.inferometer.report.header.RunHeader;
import io.inferometer.stats.RequestMetrics;
import java.io.IOException;

/** A run as one page, however many trials it has. */
public final class HtmlReport implements ResultReport {
    private final Destination destination;
    private final RunCourse course = new RunCourse(1);

    public HtmlReport(Destination destination) {
        this.destination = destination;
    }

    @Override
    public Destination destination() {
        return destination;
    }

    @Override
    public void runStarted(RunHeader header) {
        course.runStarted(header);
    }

    @Override
    public void planned(RunHeader header) {
        course.runStarted(header);
    }

    @Override
    public void requestEnded(RequestRecord record, RequestMetrics metrics) {
        course.requestEnded(record, metrics);
    }

    @Override
    public void runEnded(RunReport run) throws IOException {
        page(run, course).write(destination);
    }

    /** The page of a run, with what was judged of it. */
    static HtmlPage page(RunReport run, RunCourse course) {
        HtmlPage page = new HtmlPage("").run("", run, course);
        Judged.of(run).forEach(page::judged);
        run.search().map(SearchSheets::verdict).ifPresent(page::judged);
        return page;
    }
}
