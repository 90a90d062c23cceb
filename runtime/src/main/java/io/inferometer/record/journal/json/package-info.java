/** How a journal's lines are JSON, and how their fields are read. */
package io.inferometer.record.journal.json;
