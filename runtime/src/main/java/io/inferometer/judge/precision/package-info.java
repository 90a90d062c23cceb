/** How narrow figures are to be known before a trial ends, and whether they are: no clock, no file, no thread. */
package io.inferometer.judge.precision;
