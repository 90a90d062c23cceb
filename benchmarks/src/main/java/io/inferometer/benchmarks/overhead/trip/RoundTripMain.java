package io.inferometer.benchmarks.overhead.trip;

import com.sun.management.OperatingSystemMXBean;
import io.inferometer.endpoint.jdk.JdkTransport;
import io.inferometer.instrument.Compilation;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One client in a process of its own: does a job, and prints a line of figures for each iteration. It ends when its standard
 * input does, so that it never outlives whoever started it.
 *
 * <p>Arguments: the client's name, the endpoint's URL, the job.
 */
final class RoundTripMain {
    /** How a line of figures begins. */
    static final String FIGURES = "figures";

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private RoundTripMain() {}

    /** Does the job. */
    public static void main(String[] arguments) {
        JdkTransport.prepareJvm();
        Compilation.beLean();
        Thread watch = new Thread(RoundTripMain::endWithInput, "overhead-parent");
        watch.setDaemon(true);
        watch.start();
        List<String> all = List.of(arguments);
        Job job = Job.of(all.subList(2, all.size()));
        try (Client client = Client.of(all.get(0), all.get(1))) {
            Job warmup = job.warmup();
            client.open(warmup.slots());
            for (int i = 0; i < job.warmups(); i++) {
                client.run(warmup);
            }
            for (int i = 0; i < job.iterations(); i++) {
                System.out.println(line(iteration(client, job)));
            }
            System.exit(0);
        } catch (IOException | InterruptedException | RuntimeException e) {
            System.err.println(all.get(0) + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            System.exit(1);
        }
    }

    private static Map<Figure, Double> iteration(Client client, Job job) throws IOException, InterruptedException {
        long before = SYSTEM.getProcessCpuTime();
        client.run(job);
        long cpuNanos = SYSTEM.getProcessCpuTime() - before;
        double megabytes = residentMegabytes();
        Map<Figure, Double> figures = Figures.of(job, client.records(), cpuNanos);
        figures.put(Figure.RSS, megabytes);
        return figures;
    }

    /** The most memory that this process has had so far; no number where the system does not tell. */
    private static double residentMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    private static String line(Map<Figure, Double> figures) {
        return figures.entrySet().stream()
                .map(figure -> figure.getKey() + "=" + figure.getValue())
                .collect(Collectors.joining(" ", FIGURES + " ", ""));
    }

    private static void endWithInput() {
        try {
            // Nobody says anything; only the end counts.
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // As good as an end.
        }
        Runtime.getRuntime().halt(1);
    }
}
