/** What was judged of runs, a row for each figure: as a table, as test cases, as a text for a pull request. */
package io.inferometer.report.gate;
