/** The rules of a search for the highest load under an objective: what a probe proves, and which load is tried next. */
package io.inferometer.judge.search;
