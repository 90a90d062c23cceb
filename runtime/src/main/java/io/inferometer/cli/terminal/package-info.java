/** What the terminal is like that takes the text of a command. */
package io.inferometer.cli.terminal;
