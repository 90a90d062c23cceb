/** A run told on the console, while it runs and when it is over. */
package io.inferometer.report.console;
