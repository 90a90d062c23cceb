/** What is known of a run and of its trials before the first request: what is run, by what, where and when. */
package io.inferometer.report.header;
