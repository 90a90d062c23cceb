package io.inferometer.instrument;

import io.inferometer.endpoint.Transport;
import java.util.function.Supplier;

/**
 * What carries requests.
 *
 * @param own the transport of the run
 * @param trusting makes another of its kind that takes any certificate, for a metronome's connections that are encrypted
 */
public record Transports(Transport own, Supplier<Transport> trusting) {}
