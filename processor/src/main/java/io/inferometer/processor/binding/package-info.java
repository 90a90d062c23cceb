/** A workload without a mistake, and the class that is written of it; the one place that names the runtime's types. */
package io.inferometer.processor.binding;
