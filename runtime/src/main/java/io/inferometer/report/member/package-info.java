/** The members of a run as they are told: the journal's lines of them, and what is known of each when it has ended. */
package io.inferometer.report.member;
