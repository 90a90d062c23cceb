/**
 * What each protocol asks and how it is answered: bodies read, events and bodies written, errors in each vendor's shape. It
 * knows no connection, no clock but one that is handed in, and no thread.
 */
package io.inferometer.simulator.protocol;
