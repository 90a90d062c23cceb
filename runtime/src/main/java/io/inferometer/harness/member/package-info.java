/**
 * Who runs the forks of a run: client JVMs of this machine or of others, each with its share of the load. What one does is
 * known by the journal that it keeps.
 */
package io.inferometer.harness.member;
