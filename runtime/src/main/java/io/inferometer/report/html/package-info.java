/** A run as one page that works from disk: what the native result holds, with the course of the requests beside it. */
package io.inferometer.report.html;
