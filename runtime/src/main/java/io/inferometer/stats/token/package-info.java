/** How many tokens a request and a run had, and who counted them. */
package io.inferometer.stats.token;
