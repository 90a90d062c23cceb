/** What all result files have in common: each is written whole or not at all, and a failure costs that file alone. */
package io.inferometer.report.file;
