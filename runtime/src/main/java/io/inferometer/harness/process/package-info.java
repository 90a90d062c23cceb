/** What the process does beside the run: signals, the run that started it, a full heap, the command lines of forks. */
package io.inferometer.harness.process;
