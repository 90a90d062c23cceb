/** What benchmarks need of the package of the same name in the runtime, whose parts they can reach from here alone. */
package io.inferometer.record;
