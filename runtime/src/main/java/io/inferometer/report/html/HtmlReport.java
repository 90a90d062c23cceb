package io.inferometer.report.html;

import io.inferometer.judge.Requirement;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.RunReport;
import io.inferometer.report.file.Destination;
import io.inferometer.report.file.ResultReport;
import io.inferometer.report.gate.Requirements;
import io.inferometer.report.header.RunHeader;
import io.inferometer.stats.RequestMetrics;
import java.io.IOException;
import java.util.List;

/** A run as one page, however many trials it has. */
public final class HtmlReport implements ResultReport {
    private final Destination destination;
    private final List<Requirement> requirements;
    private final RunCourse course = new RunCourse(1);

    /** @param requirements what figures had to be */
    public HtmlReport(Destination destination, List<Requirement> requirements) {
        this.destination = destination;
        this.requirements = List.copyOf(requirements);
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
    public void requestEnded(RequestRecord record, RequestMetrics metrics) {
        course.requestEnded(record, metrics);
    }

    @Override
    public void runEnded(RunReport run) throws IOException {
        HtmlPage page = new HtmlPage("").run("", run, course);
        if (!requirements.isEmpty()) {
            page.judged(Requirements.of(run, requirements));
        }
        page.write(destination);
    }
}
