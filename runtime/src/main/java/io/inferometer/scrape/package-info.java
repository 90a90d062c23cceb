/**
 * Reads servers' Prometheus pages of metrics while a trial is measured: just before and after each iteration, and each second
 * between, on threads and connections of its own. Nothing here waits for a request that is measured, nor makes one wait but
 * just before an iteration begins.
 */
package io.inferometer.scrape;
