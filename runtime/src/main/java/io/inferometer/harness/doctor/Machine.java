package io.inferometer.harness.doctor;

import io.inferometer.harness.trial.MachineLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the system tells of the machine, as far as it does.
 *
 * @param ports how many connections one address can be given; {@link Long#MAX_VALUE} where that is not known
 * @param timeWait how many connections were closed and still have their port
 * @param governors what decides how fast each processor runs; none where that is not told
 * @param frequencyDriver what carries that out; empty where that is not told
 * @param clockSource what tells the time; empty where that is not told
 * @param availableBytes how much memory processes may still take
 * @param limitBytes how much the control group of this process may take
 * @param quota how many processors the control group may use on average
 * @param throttled how often it has had to wait for having used them up
 */
record Machine(
        long ports,
        OptionalLong timeWait,
        List<String> governors,
        String frequencyDriver,
        String clockSource,
        OptionalLong availableBytes,
        OptionalLong limitBytes,
        OptionalDouble quota,
        OptionalLong throttled) {
    private static final long KIB = 1_024;
    /** What is written for no limit at all is greater than any machine's memory. */
    private static final long NO_LIMIT = 1L << 56;

    /** @param root the directory that holds {@code proc} and {@code sys} */
    static Machine read(Path root) {
        Path cpus = root.resolve("sys/devices/system/cpu");
        Path group = root.resolve("sys/fs/cgroup");
        return new Machine(
                MachineLimits.localPorts(root),
                number(words(root.resolve("proc/net/sockstat")), "tw"),
                governors(cpus),
                text(cpus.resolve("cpu0/cpufreq/scaling_driver")).orElse(""),
                text(root.resolve("sys/devices/system/clocksource/clocksource0/current_clocksource"))
                        .orElse(""),
                number(words(root.resolve("proc/meminfo")), "MemAvailable:").stream()
                        .map(kib -> kib * KIB)
                        .findFirst(),
                limit(root, group),
                quota(root, group),
                number(words(inGroup(root, group, "cpu", "cpu.stat")), "nr_throttled"));
    }

    private static List<String> governors(Path cpus) {
        try (Stream<Path> all = Files.list(cpus)) {
            return all.filter(cpu -> cpu.getFileName().toString().matches("cpu[0-9]+"))
                    .flatMap(cpu -> text(cpu.resolve("cpufreq/scaling_governor")).stream())
                    .sorted()
                    .toList();
        } catch (IOException | RuntimeException e) {
            return List.of();
        }
    }

    private static OptionalLong limit(Path root, Path group) {
        return Stream.of("memory.max", "memory.limit_in_bytes")
                .flatMap(name -> text(inGroup(root, group, "memory", name)).stream())
                .filter(text -> text.matches("[0-9]{1,18}"))
                .mapToLong(Long::parseLong)
                .filter(bytes -> bytes < NO_LIMIT)
                .findFirst();
    }

    private static OptionalDouble quota(Path root, Path group) {
        Optional<String> both = text(inGroup(root, group, "cpu", "cpu.max"));
        String quota = both.map(text -> text.split("\\s+")[0])
                .or(() -> text(inGroup(root, group, "cpu", "cpu.cfs_quota_us")))
                .orElse("");
        String period = both.map(text -> text.replaceFirst("\\S+\\s*", ""))
                .or(() -> text(inGroup(root, group, "cpu", "cpu.cfs_period_us")))
                .orElse("");
        return quota.matches("[0-9]{1,15}") && period.matches("[1-9][0-9]{0,14}")
                ? OptionalDouble.of(Double.parseDouble(quota) / Double.parseDouble(period))
                : OptionalDouble.empty();
    }

    /** A file of the control group of this process: of the one hierarchy, or of a controller's own; or of what is seen as its root. */
    private static Path inGroup(Path root, Path group, String controller, String name) {
        List<String> lines = lines(root.resolve("proc/self/cgroup"));
        return Stream.concat(
                        lines.stream()
                                .map(line -> line.split(":", 3))
                                .filter(parts -> parts.length == 3)
                                .flatMap(parts -> parts[1].isEmpty()
                                        ? Stream.of(group.resolve("." + parts[2]))
                                        : List.of(parts[1].split(",")).contains(controller)
                                                ? Stream.of(group.resolve(controller)
                                                        .resolve("." + parts[2]))
                                                : Stream.empty()),
                        Stream.of(group, group.resolve(controller)))
                .map(directory -> directory.resolve(name).normalize())
                .filter(Files::isReadable)
                .findFirst()
                .orElse(group.resolve(name));
    }

    /** The number behind a word. */
    private static OptionalLong number(List<String> words, String word) {
        int at = words.indexOf(word);
        return at >= 0 && at + 1 < words.size() && words.get(at + 1).matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(words.get(at + 1)))
                : OptionalLong.empty();
    }

    private static List<String> words(Path file) {
        return lines(file).stream()
                .flatMap(line -> Stream.of(line.strip().split("\\s+")))
                .toList();
    }

    private static Optional<String> text(Path file) {
        return lines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst();
    }

    /** None where there is no such file, or it is not to be read. */
    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException | RuntimeException e) {
            return List.of();
        }
    }
}
