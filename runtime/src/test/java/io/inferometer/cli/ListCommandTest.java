package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListCommandTest {
    private static final String WORKLOADS = """
            Workloads (* is run when none is named):
            * Hello          says hello
              Longer.Nested
            """;

    private static final String FORMATS = """
            Formats of result files (-rf):
             json        everything, by this project's own schema
             summary     percentiles of ttft, tpot, itl and e2el in seconds, nested
             vllm        the flat keys of vLLM's serving benchmark, with values by its definitions
             csv         a row per request, written as it ends
             batch       the same, in seven columns: index, tokens, latency_ms, status, error
             requests    a row per request for programs, the same columns in every run; JSON lines if FILE ends with .jsonl
             prometheus  the run's figures as Prometheus' text, for a push gateway
             svg         throughput against interactivity as a drawing, a point for each trial
             html        a page with everything, drawn: one file that works from disk and can be passed on
             junit       a test case for each thing that is required, in the XML that CI servers read
             markdown    the main figures, and what was required, as a text for a pull request
            """;

    private final CommandLineRun line = new CommandLineRun();

    @Test
    void listsTheWorkloads() {
        assertThat(line.run("list")).isZero();
        assertThat(line.out()).isEqualTo(WORKLOADS);
    }

    @Test
    void listsTheWorkloadsInsteadOfRunningThem() {
        assertThat(line.run("-l")).isZero();
        assertThat(line.out()).isEqualTo(WORKLOADS);
        assertThat(line.plan).isNull();
    }

    @Test
    void listsThoseThatMatch() {
        assertThat(line.run("-l", "Nest")).isZero();
        assertThat(line.out()).isEqualTo("""
                        Workloads (* is run when none is named):
                          Longer.Nested
                        """);
        assertThat(line.run("list", "Nesd")).isEqualTo(2);
        assertThat(line.err()).isEqualTo("inferometer: no workload matches Nesd; there are: Hello, Longer.Nested\n");
    }

    @Test
    void listsParametersAndVariables() {
        assertThat(line.run("-lp")).isZero();
        assertThat(line.out()).isEqualTo("""
                        Workloads (* is run when none is named):
                        * Hello          says hello
                              -p isl     128,1024            or ISL
                              -p name    world
                              HELLO_URL  sets --base-url
                              CONC       sets --concurrency
                              HELLO_KEY  holds the key
                          Longer.Nested
                        """);
    }

    @Test
    void listsTheFormatsOfResults() {
        assertThat(line.run("-lrf")).isZero();
        assertThat(line.out()).isEqualTo(FORMATS);
    }

    @Test
    void listsBothWhereBothAreAskedFor() {
        assertThat(line.run("list", "-lrf", "-l")).isZero();
        assertThat(line.out()).isEqualTo(FORMATS + WORKLOADS);
    }
}
