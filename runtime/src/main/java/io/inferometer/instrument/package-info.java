/**
 * What the client did to its own numbers: watched while it measures, and told beside them.
 *
 * <p>A {@code HealthWatch} looks at this process and this machine for the time of an iteration; what it saw is a {@code
 * Health}, plain figures that the journal keeps. A {@code Verdict} holds them, and what the requests tell of the client,
 * against limits. It is made of the figures alone, so a journal that is read again comes to the same one.
 *
 * <p>A {@code Calibration} replays a trial's load against a metronome in a process of its own: what differs from the
 * metronome's own stamps is the client's. A {@code ShapeBuilder} takes the {@code Shape} of the load from its requests, an
 * {@code Abridgement} cuts it to a few seconds, and each says in what the replay is not as the run. The same {@code
 * MetronomeLoad} runs in {@code ClientWarmup} before the first request, until the client's code is fast.
 *
 * <p>Threads: the watch has one, {@code inferometer-health}, which sleeps and looks how late it woke.
 */
package io.inferometer.instrument;
