/** Results as CSV, a row a request. */
package io.inferometer.report.csv;
