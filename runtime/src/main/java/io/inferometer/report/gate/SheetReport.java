package io.inferometer.report.gate;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.judge.Requirement;
import io.inferometer.report.RunReport;
import io.inferometer.report.file.Destination;
import io.inferometer.report.file.ResultReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What was required of a run, and came of it, as a file: test cases, or a text with the run's main figures too. */
public final class SheetReport implements ResultReport {
    private final Destination destination;
    private final List<Requirement> requirements;

    public SheetReport(Destination destination, List<Requirement> requirements) {
        this.destination = destination;
        this.requirements = List.copyOf(requirements);
    }

    @Override
    public Destination destination() {
        return destination;
    }

    @Override
    public void runEnded(RunReport run) throws IOException {
        Sheet sheet = Requirements.of(run, requirements);
        String text;
        if (destination.asked().format() == ResultFormat.JUNIT) {
            text = JunitXml.of(sheet);
        } else {
            text = RunMarkdown.of(run) + (requirements.isEmpty() ? "" : "\n" + Markdown.of(sheet));
        }
        write(destination, text);
    }

    /** Writes what was judged. */
    public static void write(Destination destination, Sheet sheet) throws IOException {
        write(
                destination,
                destination.asked().format() == ResultFormat.JUNIT ? JunitXml.of(sheet) : Markdown.of(sheet));
    }

    private static void write(Destination destination, String text) throws IOException {
        destination.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
