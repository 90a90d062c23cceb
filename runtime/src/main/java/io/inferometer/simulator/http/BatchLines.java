package io.inferometer.simulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferometer.simulator.batch.LineRunner;
import io.inferometer.simulator.engine.Generation;
import io.inferometer.simulator.engine.Pacer;
import io.inferometer.simulator.fault.Fault;
import io.inferometer.simulator.protocol.ApiException;
import io.inferometer.simulator.protocol.Order;
import io.inferometer.simulator.protocol.Protocol;
import io.inferometer.simulator.protocol.Usage;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.EventExecutor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Runs the lines of batches on one event loop, on the schedule that its connections share: a batch slows interactive requests
 * down as they slow it down. Thread-safe.
 *
 * <p>A fault in the place of a response is the line's response, if it is one at all; a fault that breaks an answer off fails
 * the line, and one that stalls it never ends it.
 */
public final class BatchLines implements LineRunner {
    private static final System.Logger LOG = System.getLogger(BatchLines.class.getName());

    private final Inference inference;
    private final EventExecutor loop;
    private final Pacer pacer;
    private final Metrics metrics;
    private final LongSupplier clock;

    public BatchLines(Inference inference, EventExecutor loop, Pacer pacer, Metrics metrics, LongSupplier clock) {
        this.inference = inference;
        this.loop = loop;
        this.pacer = pacer;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public Run begin(Protocol protocol, byte[] body, Consumer<Result> done) {
        Line line = new Line(protocol, body, done);
        loop.execute(line::start);
        return () -> loop.execute(line::stop);
    }

    /** One line. Confined to the event loop. */
    private final class Line implements Generation.Sink {
        private final Protocol protocol;
        private final byte[] body;
        private final Consumer<Result> done;
        private long receivedNanos;
        private boolean stopped;
        private Reply.Generate reply;
        private Generation generation;
        private Metrics.Meter meter;

        private Line(Protocol protocol, byte[] body, Consumer<Result> done) {
            this.protocol = protocol;
            this.body = body;
            this.done = done;
        }

        private void start() {
            receivedNanos = clock.getAsLong();
            try {
                follow(inference.line(protocol, body));
            } catch (ApiException e) {
                refuse(e);
            }
        }

        private void follow(Reply next) {
            if (stopped) {
                return;
            }
            if (next instanceof Reply.Generate generate) {
                generate(generate);
            } else if (next instanceof Reply.Elsewhere elsewhere) {
                elsewhere.begin().whenCompleteAsync(this::made, loop);
            } else if (next instanceof HttpReply response) {
                end(response.status().code(), json(response), Usage.NONE);
            } else {
                refuse(Order.broken());
            }
        }

        /** Of a page that is no JSON, an error that has it as its message. */
        private String json(HttpReply response) {
            String text = new String(response.body(), UTF_8);
            return response.type().equals(HttpReply.JSON)
                    ? text
                    : "{" + ApiException.badRequest(text, null).openAi() + "}";
        }

        private void made(Reply.Outcome outcome, Throwable failure) {
            if (failure != null) {
                LOG.log(System.Logger.Level.WARNING, "a line of a batch failed", failure);
                refuse(ApiException.internal());
            } else if (outcome.error() != null) {
                refuse(outcome.error());
            } else {
                follow(outcome.reply());
            }
        }

        private void generate(Reply.Generate generate) {
            reply = generate;
            Order order = generate.order();
            meter = metrics.begin(order, this, receivedNanos);
            generation = order.generation(meter);
            pacer.submit(generation, receivedNanos);
        }

        @Override
        public void due(int events, int tokens, boolean last) {
            Order order = reply.order();
            if (!last || order.fault() == Fault.STALL) {
                return;
            }
            generation = null;
            if (order.fault() == Fault.ERROR || order.fault().cuts()) {
                refuse(Order.broken());
                return;
            }
            String members = reply.members() == null ? order.members() : reply.members();
            end(HttpResponseStatus.OK.code(), "{" + members + "}", order.usage());
        }

        private void refuse(ApiException error) {
            end(error.status().code(), "{" + error.json(protocol) + "}", Usage.NONE);
        }

        private void end(int status, String json, Usage usage) {
            if (!stopped) {
                stopped = true;
                done.accept(new Result(status, json, usage));
            }
        }

        private void stop() {
            stopped = true;
            if (generation != null) {
                pacer.cancel(generation);
                meter.abort();
                generation = null;
            }
        }
    }
}
