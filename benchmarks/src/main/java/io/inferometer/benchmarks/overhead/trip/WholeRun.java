package io.inferometer.benchmarks.overhead.trip;

import io.inferometer.Inferometer;
import io.inferometer.RunResult;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.Report;
import io.inferometer.stats.RequestMetrics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The product as a program has it, an iteration a run: from the plan to the result, without a journal. Where the page is open
 * that shows it, a thread of this process takes what a browser would, and draws nothing.
 */
final class WholeRun implements Client, Report {
    private final String url;
    private final boolean page;
    private List<RequestRecord> records = new ArrayList<>();

    WholeRun(String url, boolean page) {
        this.url = url;
        this.page = page;
    }

    @Override
    public void open(int connections) {
        // A run opens its own.
    }

    @Override
    public void run(Job job) throws IOException, InterruptedException {
        records = new ArrayList<>(job.requests());
        Options.Builder options = Options.of("Sample01HelloEndpoint$")
                .baseUrl(url)
                .extraBody("{\"max_completion_tokens\":" + job.tokens() + ",\"ignore_eos\":true}")
                .streaming(job.streamed())
                .concurrency(job.slots())
                .warmupIterations(0)
                .iterations(1)
                .requests(job.requests())
                .noClientWarmup()
                .noPreflight()
                .calibrate(Plan.Calibrate.OFF)
                .noJournal();
        RunResult result = Inferometer.run((page ? options.live() : options).build(), this);
        if (!result.outcome().ok()) {
            throw new IOException(result.outcome().text());
        }
    }

    @Override
    public void requestEnded(RequestRecord record, RequestMetrics metrics) {
        records.add(record);
    }

    @Override
    public void live(String address) {
        Thread browser = new Thread(() -> look(address), "overhead-browser");
        browser.setDaemon(true);
        browser.start();
    }

    /** Takes what is told each second, and the report at the end, for which the run waits. */
    private static void look(String address) {
        try (BufferedReader events = new BufferedReader(
                new InputStreamReader(URI.create(address + "events").toURL().openStream(), StandardCharsets.UTF_8))) {
            while (!"event: ended".equals(events.readLine())) {
                // What is told is of no interest.
            }
            URI.create(address + "report.json").toURL().openStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<RequestRecord> records() {
        return records;
    }

    @Override
    public void close() {
        // A run closes what is its own.
    }
}
