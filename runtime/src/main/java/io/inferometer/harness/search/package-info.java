/** A search for the highest load under an objective, from its plan to its outcome. */
package io.inferometer.harness.search;
