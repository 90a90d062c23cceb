/** JMH benchmarks of the package of the same name in the runtime, whose parts they can see from here alone. */
package io.inferometer.endpoint.protocol;
