/** What the process does beside the run: signals, the run that started it, a full heap, the JVMs of forks. */
package io.inferometer.harness.process;
