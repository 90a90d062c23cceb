/**
 * What a run tells: its header, its result, and every form in which they are printed or written.
 *
 * <p>A run is a stream of events: the {@link io.inferometer.report.header.RunHeader}, marks where iterations start and end, and
 * a record for each request. {@link io.inferometer.report.RunReportBuilder} turns them into the
 * {@link io.inferometer.report.RunReport}, and each {@link io.inferometer.report.Report} shows them in its own way. The
 * harness and the reading of a journal feed the same two, so both give the same result.
 *
 * <p>One thread at a time calls in here; there are no threads and no clock of its own. Inside, times are nanoseconds; the
 * console prints milliseconds, and a key of a file says its unit. A value that is not known is {@code null} in JSON, an
 * empty field in CSV and {@code -} on the console, never 0.
 *
 * <p>The console comes first and holds nothing back: a result file that can't be written costs that file only.
 */
package io.inferometer.report;
