/** The same requests in the words of other tools: the figures by their definitions. */
package io.inferometer.stats.dialect;
