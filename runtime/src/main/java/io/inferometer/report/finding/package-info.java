/** What was found of a machine and an endpoint before anything is measured: values, without a word of how they are shown. */
package io.inferometer.report.finding;
