/** Results as drawings. */
package io.inferometer.report.chart;
