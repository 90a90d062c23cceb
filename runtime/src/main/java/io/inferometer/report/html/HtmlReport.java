package io.inferometer.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.RunReport;
import io.inferometer.report.file.Destination;
import io.inferometer.report.file.ResultReport;
import io.inferometer.report.header.RunHeader;
import io.inferometer.stats.RequestMetrics;
import java.io.IOException;

/** A run as one page, however many trials it has. */
public final class HtmlReport implements ResultReport {
    private final Destination destination;
    private RunCourse course;

    public HtmlReport(Destination destination) {
        this.destination = destination;
    }

    @Override
    public Destination destination() {
        return destination;
    }

    @Override
    public void runStarted(RunHeader header) {
        course = new RunCourse(header);
    }

    @Override
    public void requestEnded(RequestRecord record, RequestMetrics metrics) {
        course.add(record, metrics);
    }

    @Override
    public void runEnded(RunReport run) throws IOException {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode runs = data.putArray("runs");
        runs.add(course.json("", run));
        destination.write(Page.of(data));
    }
}
