/** What a console is like: how wide, whether lines can be written in place, and how things are laid out for that. */
package io.inferometer.report.console.page;
