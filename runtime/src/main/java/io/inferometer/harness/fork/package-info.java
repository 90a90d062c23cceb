/** Trials in JVMs of their own: started, followed by their journals, taken into the run. */
package io.inferometer.harness.fork;
