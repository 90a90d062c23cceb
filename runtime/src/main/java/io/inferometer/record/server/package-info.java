/** What a server says of itself while it is measured, as values: the readings of its pages of metrics, and what it is. */
package io.inferometer.record.server;
