/** What is done to the first tokens of prompts before they are written. */
package io.inferometer.harness.marker;
