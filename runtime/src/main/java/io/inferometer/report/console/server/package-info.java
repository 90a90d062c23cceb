/** What is told of the server's own count at the end of a run. */
package io.inferometer.report.console.server;
