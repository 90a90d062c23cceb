/**
 * Checks workloads when they are compiled, and writes the classes through which the harness calls them.
 *
 * <p>From one class to one file: {@link io.inferometer.processor.WorkloadProcessor} takes each class with
 * {@code @Workload}; {@code Lineage} is that class with its superclasses. The readers and rules of this package turn the
 * annotations on them, in {@code declaration}, into a {@code WorkloadModel}, in {@code binding}, and put what is mistaken
 * into {@code Problems}. Only a model without a mistake is written, by {@code BindingWriter} and {@code DescriptorCode}. At
 * the end {@code ServiceIndex} lists what was written.
 *
 * <ul>
 *   <li>Every message is in {@code Rule}: rule, offending value, reason, likely fix, after a stable id in brackets. All
 *       mistakes of a class come in one compile, each at its element, annotation or value. What a superclass from
 *       another compilation got wrong is shown at the workload.
 *   <li>Annotations are inherited by the processor's own walk: the nearest class that declares one wins whole. It reads
 *       annotation mirrors, for their exact places and because the annotations are not there at run time.
 *   <li>What cannot be resolved is left to javac, which reports it better. A class that names something unresolved is
 *       set aside to the next round, in which another processor may have written it.
 *   <li>Output is sorted and has no date: the same sources give the same bytes.
 *   <li>The processor is aggregating, in the words of incremental builds: the index is made of all workloads. A compile
 *       that sees some of them keeps the others that are still there.
 *   <li>The runtime is named by {@code RuntimeTypes} alone, and is no dependency.
 * </ul>
 */
package io.inferometer.processor;
