/**
 * What generated code compiles against: the description of a workload, and the interface by which it is made and called
 * without reflection. No class that a user writes names anything of it.
 */
package io.inferometer.workload.binding;
