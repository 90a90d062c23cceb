/** What a run came to in a line: its exit code, and what a user can do about what failed. */
package io.inferometer.cli.closing;
