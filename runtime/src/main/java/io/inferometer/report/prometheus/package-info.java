/** A run's figures in Prometheus' text form. */
package io.inferometer.report.prometheus;
