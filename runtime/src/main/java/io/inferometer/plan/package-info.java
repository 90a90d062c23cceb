/** What a run will do: options from all layers, resolved in one place into values that never change. */
package io.inferometer.plan;
