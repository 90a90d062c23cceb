/** Results as CSV, a row a request or a trial. */
package io.inferometer.report.csv;
