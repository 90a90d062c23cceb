/** Rules that judge numbers: whether an endpoint kept up, whether one run is worse than another, whether a figure is as required. */
package io.inferometer.judge;
