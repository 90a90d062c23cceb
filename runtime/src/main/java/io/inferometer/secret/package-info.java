/** Keeping secrets out of what is shown and written, and the text of headers that may hold them. */
package io.inferometer.secret;
