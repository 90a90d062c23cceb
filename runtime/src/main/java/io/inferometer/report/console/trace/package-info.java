/** What is told of a trace at the end of a run. */
package io.inferometer.report.console.trace;
