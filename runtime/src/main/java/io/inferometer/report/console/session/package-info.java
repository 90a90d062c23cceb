/** What sessions came to, as tables. */
package io.inferometer.report.console.session;
