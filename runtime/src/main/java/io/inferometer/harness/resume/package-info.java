/** How far an interrupted run came, read from its journal. */
package io.inferometer.harness.resume;
