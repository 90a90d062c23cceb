/** Journals told again as if their runs were happening now. */
package io.inferometer.report.journal;
