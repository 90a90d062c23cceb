/** Results as JSON: our own with everything in it, the summary of bench_serving's shape, and vLLM's. */
package io.inferometer.report.json;
