/** What a shell offers while a command line is typed, and the scripts that tell shells so. */
package io.inferometer.cli.completion;
