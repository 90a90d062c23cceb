package io.inferometer.annotations;

/** The formats of result files. */
public enum ResultFormat {
    /** Everything there is to know of a run, by the project's own schema. */
    JSON,
    /** Percentiles of ttft, tpot, itl and e2el in seconds, nested. */
    SUMMARY,
    /** The flat keys of vLLM's serving benchmark, with values by its own definitions. */
    VLLM,
    /** A row per request, written as it ends. */
    CSV,
    /**
     * A row per request in the columns of the batch script that this project replaces: index, prompt_tokens,
     * completion_tokens, total_tokens, latency_ms, status, error; with ttft_ms and tpot_ms where answers are streamed, and
     * simulated where the endpoint is.
     */
    BATCH,
    /**
     * A row per request for programs, in the same columns in every run: CSV, or a JSON object a line where the file's name ends
     * with {@code .jsonl}. What a request does not have is absent.
     */
    REQUESTS,
    /** The figures of a run in Prometheus' text form, for a push gateway. */
    PROMETHEUS,
    /** Throughput against interactivity as a drawing, with a point for each trial. */
    SVG,
    /** A page with everything, drawn: one file that works from disk, however many trials there are. */
    HTML,
    /** A test case for each figure that is judged, in the XML that CI servers read. */
    JUNIT,
    /** The main figures, and what was judged, as a text for a pull request. */
    MARKDOWN
}
