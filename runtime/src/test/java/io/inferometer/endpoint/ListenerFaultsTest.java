package io.inferometer.endpoint;

import static io.inferometer.endpoint.ScriptedServer.DONE;
import static io.inferometer.endpoint.ScriptedServer.chunk;
import static io.inferometer.endpoint.ScriptedServer.content;
import static io.inferometer.endpoint.ScriptedServer.lastChunk;
import static io.inferometer.endpoint.ScriptedServer.streamHead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.annotations.Arrivals;
import io.inferometer.load.Dispatcher;
import io.inferometer.load.RequestSource;
import io.inferometer.load.Stretch;
import io.inferometer.record.Outcome;
import io.inferometer.record.Recorder;
import io.inferometer.record.RequestIdentity;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.RequestTimeline;
import io.inferometer.record.Usage;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is thrown on a transport's threads, over every transport. */
@ParameterizedClass
@EnumSource(Transports.class)
class ListenerFaultsTest {
    private static final ScriptedServer.Script WELL =
            (request, connection) -> connection.write(streamHead() + chunk(content("a") + DONE) + lastChunk());

    private static final InferenceRequest ASK = InferenceRequest.chat("Hello").maxOutputTokens(1);
    private static final RequestIdentity IDENTITY =
            new RequestIdentity(0, 0, false, 0, 0, true, Usage.ABSENT, 1, false);

    private final Transports transports;
    private final PrintStream usual = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    ListenerFaultsTest(Transports transports) {
        this.transports = transports;
    }

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void nothingIsPrinted() {
        System.setErr(usual);
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aListenerThatThrowsIsToldSoAndOtherRequestsGoOn() throws Exception {
        try (ScriptedServer server = new ScriptedServer(WELL);
                Transport transport = transports.open();
                Target target = target(transport, server)) {
            for (Throwable thrown : List.of(new IllegalStateException("mine"), new OutOfMemoryError("scripted"))) {
                assertThat(told(target, thrown)).isSameAs(thrown);
            }

            CompletableFuture<Outcome> next = new CompletableFuture<>();
            send(target, timeline -> next.complete(timeline.outcome()));

            assertThat(next.get(30, TimeUnit.SECONDS)).isEqualTo(Outcome.SUCCESS);
            assertThat(target.inFlight()).isZero();
        }
    }

    private static Throwable told(Target target, Throwable thrown) throws Exception {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        send(target, new Target.Listener() {
            @Override
            public void ended(RequestTimeline timeline) {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            }

            @Override
            public void broke(Throwable failure) {
                told.complete(failure);
            }
        });
        return told.get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aFullHeapWhereARequestIsStampedIsToldBehindItsEnd(int at) throws Exception {
        OutOfMemoryError full = new OutOfMemoryError("scripted");
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        CompletableFuture<RequestTimeline> ended = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(WELL);
                Transport transport = transports.open(throwing(at, full));
                Target target = target(transport, server)) {
            send(target, new Target.Listener() {
                @Override
                public void ended(RequestTimeline timeline) {
                    ended.complete(timeline);
                }

                @Override
                public void broke(Throwable failure) {
                    told.complete(failure);
                }
            });

            assertThat(ended.get(20, TimeUnit.SECONDS).error()).isEqualTo("the client's heap was full");
            assertThat(told.get(20, TimeUnit.SECONDS)).isSameAs(full);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFullHeapOnATransportsThreadEndsAnIteration(boolean closed) throws Exception {
        Load load = closed ? new Load.Closed(2) : new Load.Open(200, Arrivals.CONSTANT);
        OutOfMemoryError full = new OutOfMemoryError("scripted");
        List<RequestRecord> records = new CopyOnWriteArrayList<>();
        try (ScriptedServer server = new ScriptedServer(WELL);
                Transport transport = transports.open(throwing(20, full));
                Target target = target(transport, server);
                Recorder recorder = new Recorder(
                        System::nanoTime, 0, false, UnaryOperator.identity(), new Kept(records), failure -> {});
                RequestSource source = new RequestSource(
                        index -> target.prepare(ASK), (index, wire) -> IDENTITY, 0, OptionalLong.empty(), 10)) {
            Dispatcher dispatcher = Dispatcher.of(load, Stretch.ENDLESS, 0, source, target, recorder, System::nanoTime);

            assertThatThrownBy(dispatcher::run).isSameAs(full);
        }
        assertThat(records).extracting(RequestRecord::error).contains("", "the client's heap was full");
    }

    /** A clock that throws once, at its call of a number. */
    private static LongSupplier throwing(int at, OutOfMemoryError thrown) {
        AtomicInteger calls = new AtomicInteger();
        return () -> {
            if (calls.incrementAndGet() == at) {
                throw thrown;
            }
            return System.nanoTime();
        };
    }

    private static void send(Target target, Target.Listener listener) {
        target.send(target.prepare(ASK), new RequestTimeline(IDENTITY), listener);
    }

    private static Target target(Transport transport, ScriptedServer server) {
        return new Target(
                TargetSettings.chat(server.url(), "m", Optional.empty(), RequestBounds.of(Asking.PATIENT)),
                transport,
                System::nanoTime);
    }

    private record Kept(List<RequestRecord> records) implements Recorder.Sink {
        @Override
        public void record(RequestRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}
    }
}
