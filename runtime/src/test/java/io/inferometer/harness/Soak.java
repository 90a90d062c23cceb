package io.inferometer.harness;

import com.sun.management.UnixOperatingSystemMXBean;
import io.inferometer.plan.Plan;
import io.inferometer.plan.resolve.FakeBinding;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.Report;
import io.inferometer.report.RunReport;
import io.inferometer.stats.RequestMetrics;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A run of mixed faults for as long as one likes, which prints what it holds of heap, descriptors and threads, each
 * minute: {@code Soak MINUTES TRANSPORT STREAMS [FAULT,FAULT...]}. CONTRIBUTING.md says how to start it.
 *
 * <p>One request of four goes wrong, each time in another way; a stalled one is given up after 5 s. The heap is told after
 * a full collection. Each minute is a warm-up iteration, whose figures are dropped at its end: those of measured ones are
 * kept until the end of a run, about 100 bytes a request and 4 a gap, and would hide what leaks.
 *
 * <p>Over {@code jdk} the fault {@code endless-headers} leaves connections open: java.net.http, of JDK 17 and of 25, gives
 * such a response up but never closes it.
 */
final class Soak {
    private static final String PROFILE = "sim:metronome?ttft=200&itl=50&every=4&fault=";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long MINUTE_MILLIS = 60_000;
    private static final int TOKENS = 16;

    private Soak() {}

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        int minutes = Integer.parseInt(arguments[0]);
        Plan.Transport.Kind transport = Plan.Transport.Kind.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        int streams = Integer.parseInt(arguments[2]);
        Path directory = Files.createTempDirectory("soak");
        Plan plan = plan(
                PROFILE + (arguments.length > 3 ? arguments[3] : "mixed"),
                transport,
                streams,
                TIMEOUT,
                Iterations.ofTime(minutes, Duration.ofMinutes(1)),
                Iterations.ofTime(1, Duration.ofSeconds(10)),
                directory.resolve("soak.journal.jsonl"));
        Counts counts = new Counts();
        Thread watch = new Thread(() -> watch(counts), "soak-watch");
        watch.setDaemon(true);
        watch.start();

        RunReport report = new Harness(plan, name -> null, counts).run();

        System.out.println("end    " + Held.now().line(counts));
        report.trials()
                .forEach(trial -> trial.failures()
                        .forEach(failure -> System.out.println(failure.requests() + " x " + failure.outcome() + ": "
                                + failure.message()
                                        .substring(
                                                0,
                                                Math.min(100, failure.message().length())))));
        System.out.println("journal " + Files.size(plan.files().journal().orElseThrow()) / 1_000_000 + " MB");
    }

    /** A closed loop of short answers. */
    static Plan plan(
            String url,
            Plan.Transport.Kind transport,
            int streams,
            Duration timeout,
            Iterations warmup,
            Iterations measurement,
            Path journal) {
        return APlan.of(
                        journal,
                        new APlan.ATrial(new Short(), url)
                                .load(new Load.Closed(streams), warmup, measurement)
                                .timeout(timeout))
                .transport(transport)
                .force(true)
                .maxFailures(1)
                .silent()
                .plan();
    }

    private static void watch(Counts counts) {
        System.out.println("minute " + Held.HEADING);
        try {
            for (int minute = 0; ; minute++) {
                System.out.printf(Locale.ROOT, "%6d %s%n", minute, Held.now().line(counts));
                Thread.sleep(MINUTE_MILLIS);
            }
        } catch (InterruptedException e) {
            // The run is over.
        }
    }

    /** What this process holds, and the simulated endpoint's, -1 where there is none. */
    record Held(long heapBytes, long descriptors, int threads, long childDescriptors, long childThreads) {
        static final String HEADING =
                "requests    failed  heap MB  descriptors  threads  endpoint: descriptors  threads";

        static Held now() {
            System.gc();
            long child = ProcessHandle.current()
                    .children()
                    .mapToLong(ProcessHandle::pid)
                    .findFirst()
                    .orElse(-1);
            return new Held(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                            .getOpenFileDescriptorCount(),
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    entries(Path.of("/proc/" + child + "/fd")),
                    entries(Path.of("/proc/" + child + "/task")));
        }

        private static long entries(Path directory) {
            if (!Files.isDirectory(directory)) {
                return -1;
            }
            try (Stream<Path> all = Files.list(directory)) {
                return all.count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String line(Counts counts) {
            return String.format(
                    Locale.ROOT,
                    "%8d  %8d  %7.1f  %11d  %7d  %21d  %7d",
                    counts.ended.get(),
                    counts.failed.get(),
                    heapBytes / 1e6,
                    descriptors,
                    threads,
                    childDescriptors,
                    childThreads);
        }
    }

    /** Counts requests as they end. */
    static final class Counts implements Report {
        private final AtomicLong ended = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();

        @Override
        public void requestEnded(RequestRecord record, RequestMetrics metrics) {
            ended.incrementAndGet();
            if (!record.succeeded()) {
                failed.incrementAndGet();
            }
        }

        long ended() {
            return ended.get();
        }

        long failed() {
            return failed.get();
        }
    }

    /** Asks for short answers without end. */
    private record Short() implements WorkloadBinding<Object> {
        private static final FakeBinding DESCRIBED = new FakeBinding(WorkloadDescriptor.of("Soak", "Soak")
                .load(new Load.Closed(1))
                .measurement(Iterations.ofRequests(1, 1))
                .build());

        @Override
        public WorkloadDescriptor descriptor() {
            return DESCRIBED.descriptor();
        }

        @Override
        public Object create(ParamValues values) {
            return this;
        }

        @Override
        public InferenceRequest request(Object workload, RequestContext context) {
            return InferenceRequest.chat("Hello").maxOutputTokens(TOKENS);
        }
    }
}
