/** How numbers, tables and paragraphs are written for people, the same everywhere. */
package io.inferometer.report.text;
