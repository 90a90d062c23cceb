/** Where a run's reports go: the console and the result files that were asked for, told together. */
package io.inferometer.report.output;
