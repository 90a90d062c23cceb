/** How far a run and its iterations are, in a line each. */
package io.inferometer.report.console.progress;
