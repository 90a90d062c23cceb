/**
 * What of this machine and an endpoint stands in the way of a good number, found without a measurement. What is read is a
 * value of its own ({@link io.inferometer.harness.doctor.Machine}, {@code Jvm}, {@code Reach}), and what it means is told
 * by a class beside it, so that each can be tested without the other.
 */
package io.inferometer.harness.doctor;
