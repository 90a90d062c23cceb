/**
 * What a workload is declared with.
 *
 * <p>A workload is a class. {@link io.inferometer.annotations.Workload} names it,
 * {@link io.inferometer.annotations.Endpoint} and {@link io.inferometer.annotations.Model} say what is asked,
 * {@link io.inferometer.annotations.ClosedLoop}, {@link io.inferometer.annotations.OpenLoop} or
 * {@link io.inferometer.annotations.AllAtOnce} say how hard, {@link io.inferometer.annotations.Warmup} and
 * {@link io.inferometer.annotations.Measurement} for how long, and its one
 * {@link io.inferometer.annotations.Request} method makes the requests; or a {@link io.inferometer.annotations.Turn} method
 * says what comes next in a conversation:
 *
 * <pre>{@code
 * @Workload("hello")
 * @Endpoint("sim:metronome?ttft=50&itl=10")
 * @Model("any")
 * @ClosedLoop(concurrency = 4)
 * @Warmup(requestsPerSlot = 2)
 * @Measurement(requestsPerSlot = 10)
 * public class Hello {
 *   @Request
 *   public InferenceRequest next() {
 *     return InferenceRequest.chat("Say hello.").maxOutputTokens(32);
 *   }
 * }
 * }</pre>
 *
 * <p>The annotation processor checks the class when it is compiled and writes its runner beside it; nothing is found or
 * called by reflection. Every value here can be replaced from the environment ({@link io.inferometer.annotations.Env})
 * and from the command line, which wins over both.
 */
package io.inferometer.annotations;
