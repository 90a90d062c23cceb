/** The page that shows a run while it goes on, served on this machine. */
package io.inferometer.harness.live;
