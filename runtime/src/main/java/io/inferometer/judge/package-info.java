/** Rules that judge numbers: whether an endpoint kept up. Pure functions of what {@code stats} computes. */
package io.inferometer.judge;
