/** A search for the highest load under an objective: what was asked, what its probes came to, and that in words. */
package io.inferometer.report.search;
