package io.inferometer.report;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Protocol;
import io.inferometer.instrument.AHealth;
import io.inferometer.judge.Gate;
import io.inferometer.judge.Requirement;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.record.AnswerForm;
import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.Turn;
import io.inferometer.stats.ARequest;
import io.inferometer.stats.ClientOverhead;
import io.inferometer.stats.Percentiles;
import io.inferometer.workload.Load;
import io.inferometer.workload.Objective;
import io.inferometer.workload.binding.Iterations;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/** Runs that every report is shown. */
public final class Scenarios {
    private static final int TOKENS = 64;

    private Scenarios() {}

    /** One trial of four slots, all well. */
    public static ARun closedLoop() {
        return slots(new ARun().jdk(17).with(ARun.trial()), 0, 0, 4, 0);
    }

    /** Three concurrencies with an objective on a real endpoint; in the second every twentieth request gets a 429. */
    public static ARun sweep() {
        ARun run = new ARun();
        for (int slots : new int[] {4, 8, 16}) {
            run.with(ARun.trial()
                    .load(new Load.Closed(slots))
                    .param("isl", "1024")
                    .endpoint("https://model-xxx.api.baseten.co/production")
                    .objective(new Objective(50, 10, 0)));
        }
        slots(run, 0, 0, 4, 0);
        slots(run, 1, 60_000, 8, 20);
        return slots(run, 2, 120_000, 16, 0);
    }

    /** A closed loop whose slots send again as soon as a request has ended; warm-up, then ten requests a slot. */
    private static ARun slots(ARun run, int trial, double startMillis, int slots, int failEvery) {
        Random random = new Random(trial);
        double[] free = new double[slots];
        Arrays.fill(free, startMillis);
        for (boolean warmup : new boolean[] {true, false}) {
            for (int i = 0; i < (warmup ? 2 : 10) * slots; i++) {
                int slot = earliest(free);
                double now = free[slot];
                boolean fails = !warmup && failEvery > 0 && i % failEvery == 7;
                ARequest request = fails
                        ? ARequest.sent(now + 0.08)
                                .failed(Outcome.HTTP_ERROR, 429, "Too Many Requests")
                                .end(now + 30)
                        : ARequest.metronome(
                                        now + 0.08, 45 + 10 * random.nextDouble(), 9 + 2 * random.nextDouble(), TOKENS)
                                .asked(TOKENS);
                RequestRecord record = request.of(trial, warmup, 0)
                        .index(i)
                        .slot(slot)
                        .scheduled(now)
                        .released(now + 0.03)
                        .record();
                run.with(record);
                free[slot] = record.endNanos() / 1e6;
            }
            Arrays.fill(free, Arrays.stream(free).max().orElseThrow() + 100);
        }
        return run;
    }

    private static int earliest(double[] free) {
        int slot = 0;
        for (int i = 1; i < free.length; i++) {
            slot = free[i] < free[slot] ? i : slot;
        }
        return slot;
    }

    /** An open loop of 20/s at an endpoint that serves 15/s, whose requests start later and later. */
    public static ARun overloaded() {
        ARun run = new ARun()
                .with(ARun.trial()
                        .load(new Load.Open(20, Arrivals.CONSTANT))
                        .measurement(Iterations.ofRequests(1, 1_500)));
        for (int i = 0; i < 1_500; i++) {
            double scheduled = i * 50;
            run.with(ARequest.metronome(scheduled + 1, 50 + i * 20, 10, 20)
                    .index(i)
                    .slot(-1)
                    .scheduled(scheduled)
                    .released(scheduled + 0.5)
                    .record());
        }
        return run;
    }

    /** Everything at once, and nothing succeeds; the run is interrupted. */
    public static ARun nothingSucceeds() {
        ARun run = new ARun().with(ARun.trial().load(new Load.AtOnce()).measurement(new Iterations(1, null)));
        for (int i = 0; i < 5; i++) {
            Outcome outcome = i < 3 ? Outcome.HTTP_ERROR : Outcome.CONNECT_ERROR;
            int status = i < 3 ? 401 : 0;
            String message = i < 3 ? "Unauthorized: is the key in EXAMPLE_API_KEY right?" : "connection refused";
            run.with(ARequest.sent(i)
                    .index(i)
                    .slot(-1)
                    .failed(outcome, status, message)
                    .end(10)
                    .record());
        }
        return run.incomplete("interrupted");
    }

    /** Messages that think before they answer, every other of which calls a function; what else came is not known. */
    public static ARun channels() {
        ARun run = new ARun().with(ARun.trial().protocol(Protocol.MESSAGES).load(new Load.Closed(1)));
        for (int i = 0; i < 8; i++) {
            double sent = 500.0 * i;
            ARequest request = ARequest.sent(sent);
            for (int token = 0; token < 12; token++) {
                int channel = token < 5 ? Carried.REASONING : i % 2 == 0 || token < 9 ? Carried.CONTENT : Carried.TOOL;
                request.event(sent + 50 + i + 10 * token, Carried.CHOICES | channel);
            }
            run.with(request.event(sent + 180, Carried.FINISH | Carried.USAGE)
                    .usage(new Usage(925, 12, Usage.ABSENT, 800))
                    .form(new AnswerForm(
                            i == 4 ? "sleepy" : "end_turn",
                            1,
                            false,
                            i == 5 ? "text/plain" : "",
                            0,
                            i == 3,
                            i < 2 ? Map.of("fancy", i + 1) : Map.of()))
                    .index(i)
                    .end(sent + 181)
                    .record());
        }
        return run;
    }

    /** Batches of 16 texts, all at once and then by the endpoint's own pace. */
    public static ARun embeddings() {
        ARun run = new ARun()
                .with(ARun.trial()
                        .protocol(Protocol.EMBEDDINGS)
                        .load(new Load.AtOnce())
                        .measurement(new Iterations(1, null)));
        for (int i = 0; i < 10; i++) {
            run.with(ARequest.sent(i)
                    .items(16)
                    .usage(new Usage(4_096, Usage.ABSENT, Usage.ABSENT, Usage.ABSENT, 4_096))
                    .index(i)
                    .slot(-1)
                    .end(100 + 40.0 * i)
                    .record());
        }
        return run;
    }

    /** A batch in one body each, of which some fail. */
    public static ARun batch() {
        ARun run = new ARun()
                .with(ARun.trial()
                        .endpoint("https://api.example.com")
                        .load(new Load.AtOnce())
                        .measurement(new Iterations(1, null)));
        for (int i = 0; i < 40; i++) {
            ARequest request = ARequest.sent(i * 0.1).index(i).slot(i);
            run.with((i % 10 == 3
                            ? request.failed(Outcome.HTTP_ERROR, 429, "slow down")
                                    .end(20 + i)
                            : request.notStreamed()
                                    .usage(512, 100)
                                    .text("Well.")
                                    .end(400 + 10 * i))
                    .record());
        }
        return run;
    }

    /** One request, answered in one body. */
    public static ARun oneAnswerInOneBody() {
        return new ARun()
                .with(ARun.trial().load(new Load.Closed(1)).measurement(Iterations.ofRequests(1, 1)))
                .with(ARequest.sent(0)
                        .notStreamed()
                        .usage(12, 30)
                        .text("Hello.")
                        .end(420)
                        .record());
    }

    /** An endpoint that does all that spoils numbers: packs, miscounts, reasons unseen, ends too soon. */
    public static ARun suspicious() {
        ARun run = new ARun().with(ARun.trial().endpoint("https://user:secret@example.com/v1?key=secret&v=2"));
        for (int i = 0; i < 6; i++) {
            double sent = i * 1_000;
            ARequest request = ARequest.sent(sent).index(i).asked(200);
            for (int event = 0; event < 10; event++) {
                request.event(sent + 100 + event / 3 * 20, Carried.CHOICES | Carried.CONTENT);
            }
            if (i == 0) {
                request.usage(new Usage(20, 90, 60, 0));
            } else if (i < 5) {
                request.usage(20, 57);
            }
            if (i == 2) {
                request.failed(Outcome.CANCELLED, 200, "the run was ended");
            }
            run.with(request.end(sent + 400).record());
        }
        return run;
    }

    /** Two measured iterations of a trial. */
    public static ARun twoIterations() {
        ARun run = new ARun().with(ARun.trial().load(new Load.Closed(1)).measurement(Iterations.ofRequests(2, 3)));
        for (int i = 0; i < 6; i++) {
            run.with(ARequest.metronome(i < 3 ? i * 200 : 5_000 + i * 200, 50 + i, 10, 10)
                    .of(0, false, i / 3)
                    .index(i)
                    .record());
        }
        return run;
    }

    /** Three forks of two iterations, each fork a little slower than the one before; the last is cut off. */
    public static ARun forks() {
        ARun run = new ARun()
                .with(ARun.trial()
                        .load(new Load.Closed(1))
                        .measurement(Iterations.ofRequests(2, 3))
                        .forks(3));
        for (int i = 0; i < 18; i++) {
            run.with(ARequest.metronome(i * 200, 50 + i % 6 + i / 6, 10, 10)
                    .of(0, false, i / 3 % 2)
                    .fork(i / 6)
                    .index(i % 6)
                    .record());
        }
        return run.incomplete("fork 3 of 3 was killed");
    }

    /** Three forks of two sides in turns, B's tokens a tenth slower, judged beside each other and by what is required. */
    public static ARun sides() {
        ARun run = new ARun()
                .judged(new RunHeader.Judged(
                        0,
                        Requirement.parse("tpot.p50 <= 10.5ms"),
                        Optional.of(new Plan.Beside(
                                Gate.parse("ttft.p50 10%, tpot.p50", OptionalDouble.empty()),
                                true,
                                false,
                                List.of(),
                                List.of("--transport: not given in A, nio in B (--b)")))));
        for (Trial.Letter letter : Trial.Letter.values()) {
            run.with(ARun.trial()
                    .load(new Load.Closed(1))
                    .measurement(Iterations.ofRequests(2, 3))
                    .forks(3)
                    .side(letter, letter == Trial.Letter.A ? "jdk" : "nio"));
        }
        for (Turn turn : Turn.of(run.header())) {
            for (int i = 0; i < 6; i++) {
                double itl = (turn.trial() == 0 ? 10 : 11) + turn.fork() / 100.0;
                run.with(ARequest.metronome(turn.fork() * 3_000 + turn.trial() * 1_500 + i * 200, 50 + i, itl, 10)
                        .of(turn.trial(), false, i / 3)
                        .fork(turn.fork())
                        .index(i)
                        .record());
            }
        }
        return run;
    }

    /** One trial of four slots, all well, and the client too. */
    public static ARun watched() {
        return closedLoop().health(AHealth.fine());
    }

    /** Two measured iterations of a client that has to share its machine. */
    public static ARun suspectClient() {
        return twoIterations().health(AHealth.busyMachine());
    }

    /** Requests of a simulated endpoint that tells its stamps; to every second one the client adds a lot. */
    public static ARun stamped() {
        ARun run = new ARun().with(ARun.trial().load(new Load.Closed(1)).measurement(Iterations.ofRequests(1, 100)));
        for (int i = 0; i < 100; i++) {
            run.with(ARequest.metronome(i * 200, 50, 10, 10)
                    .late(i % 2 == 0 ? 0.2 : 4)
                    .index(i)
                    .record());
        }
        return run;
    }

    /** A sweep of a real endpoint, whose loads have been replayed. */
    public static ARun replayed() {
        ClientOverhead.Builder builder = new ClientOverhead.Builder(Percentiles.STANDARD);
        for (int i = 0; i < 100; i++) {
            builder.add(
                    ARequest.metronome(i * 200, 50, 10, 10)
                            .late(0.1 + i % 10 * 0.01)
                            .record(),
                    63);
        }
        return sweep().health(AHealth.fine())
                .overhead(builder.ofReplay(
                        4,
                        0.31,
                        List.of(
                                new ClientOverhead.Difference(
                                        "wait",
                                        true,
                                        "the wait for the first token is 15 ms, in the run 50 ms (means)"),
                                new ClientOverhead.Difference(
                                        "length", false, "answers have 12 events, in the run 64 (means)"))));
    }

    /** The same, looked at more closely. */
    public static ARun otherPercentiles() {
        return replayed().percentiles(5.0, 50.0, 99.9, 99.99);
    }
}
