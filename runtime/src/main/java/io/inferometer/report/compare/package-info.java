/** Runs beside each other, and why they may not be alike. */
package io.inferometer.report.compare;
