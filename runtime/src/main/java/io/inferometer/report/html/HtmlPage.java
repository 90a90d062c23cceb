package io.inferometer.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.report.Flag;
import io.inferometer.report.JobReport;
import io.inferometer.report.RunReport;
import io.inferometer.report.file.Destination;
import io.inferometer.report.gate.Sheet;
import io.inferometer.report.json.JobJson;
import java.io.IOException;
import java.util.List;

/** A page in the making: runs, what was judged of them, a job. */
public final class HtmlPage {
    private final ObjectNode data = JsonNodeFactory.instance.objectNode();
    private final ArrayNode runs = data.putArray("runs");

    /** @param title what the page is of; empty for the name of the first workload */
    public HtmlPage(String title) {
        if (!title.isEmpty()) {
            data.put("title", title);
        }
    }

    /**
     * Adds a run with what happened in it.
     *
     * @param name tells the run from others on the page; empty for the only one
     */
    public HtmlPage run(String name, RunReport run, RunCourse course) {
        runs.add(course.json(name, run));
        return this;
    }

    /** Adds a run of which no requests are known one by one. */
    public HtmlPage run(String name, RunReport run) {
        return run(name, run, RunCourse.untold(run));
    }

    /** Adds what a reader who compares the runs should know. */
    public HtmlPage flags(List<Flag> flags) {
        ArrayNode array = data.withArray("/flags");
        flags.forEach(flag -> array.addObject().put("name", flag.name()).put("text", flag.text()));
        return this;
    }

    /** Adds what was judged, and what came of it as the page's verdict. */
    public HtmlPage judged(Sheet sheet) {
        ObjectNode node = data.withArray("/judged")
                .addObject()
                .put("title", sheet.title())
                .put("verdict", sheet.verdict())
                .put("result", sheet.result().name());
        ArrayNode columns = node.putArray("columns");
        sheet.columns().forEach(columns::add);
        ArrayNode rows = node.putArray("rows");
        for (Sheet.Row row : sheet.rows()) {
            ArrayNode cells = rows.addArray();
            row.cells().forEach(cells::add);
        }
        ArrayNode notes = node.putArray("notes");
        sheet.about().forEach(notes::add);
        sheet.notes().forEach(notes::add);
        return this;
    }

    /** Adds a job of the Batch API, and the load beside it if there was one. */
    public HtmlPage job(JobReport job) {
        data.set("job", JobJson.tree(job).path("batchJob"));
        job.beside().ifPresent(beside -> run("beside the job", beside));
        return this;
    }

    /** What the page holds. */
    ObjectNode data() {
        return data;
    }

    /** Writes the page. */
    public void write(Destination destination) throws IOException {
        destination.write(Page.of(data));
    }
}
