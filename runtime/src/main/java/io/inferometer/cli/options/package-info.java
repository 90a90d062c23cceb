/** The options of subcommands, a section each, and how words that can't be read are told. */
package io.inferometer.cli.options;
