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
    /** Throughput against interactivity as a drawing, with a point for each trial. */
    SVG
}
