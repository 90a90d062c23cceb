package io.inferometer.harness.doctor;

import static io.inferometer.report.finding.Finding.inTheWay;
import static io.inferometer.report.finding.Finding.note;
import static io.inferometer.report.finding.Finding.unknown;
import static io.inferometer.report.finding.Finding.well;

import io.inferometer.report.finding.Finding;
import io.inferometer.report.finding.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a machine and a JVM mean for a measurement. */
record MachineFindings(Machine machine, Jvm jvm, UnaryOperator<String> environment) {
    /** As many connections as an open loop is given ahead, and some files beside. */
    private static final long DESCRIPTORS = 1_024 + 64;

    private static final long PORTS = 10_000;
    private static final int PROCESSORS = 2;
    private static final double CLOCK_NANOS = 1_000;
    private static final long HEAP = 256L << 20;
    private static final long MEMORY = 512L << 20;
    /** What a JVM takes beside its heap, as a share of the limit. */
    private static final double HEAP_OF_LIMIT = 0.9;

    private static final Set<String> SLOW_CLOCKS = Set.of("hpet", "acpi_pm", "jiffies", "refined-jiffies", "pit");
    /** These take "powersave" for a preference, and still run as fast as they have to. */
    private static final Set<String> OWN_GOVERNORS = Set.of("intel_pstate", "amd-pstate-epp", "amd_pstate_epp");

    private static final List<String> PROXIES =
            List.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy");

    List<Finding> all() {
        return List.of(
                descriptors(),
                ports(),
                timeWait(),
                processors(),
                quota(),
                governor(),
                clock(),
                jdk(),
                heap(),
                memory(),
                proxy());
    }

    private Finding descriptors() {
        if (jvm.files().limit() <= 0) {
            return unknown(Subject.DESCRIPTORS, "this platform tells no limit of open files");
        }
        long left = jvm.files().limit() - jvm.files().open();
        String what = text("this process may open %,d more files", left);
        return left < DESCRIPTORS
                ? inTheWay(Subject.DESCRIPTORS, what, "raise that with ulimit -n 65536, or LimitNOFILE of its service")
                : well(Subject.DESCRIPTORS, what);
    }

    private Finding ports() {
        if (machine.ports() == Long.MAX_VALUE) {
            return unknown(Subject.PORTS, "this platform tells no range of local ports");
        }
        String what = text("%,d local ports", machine.ports());
        return machine.ports() < PORTS
                ? inTheWay(Subject.PORTS, what, "get more with sysctl -w net.ipv4.ip_local_port_range='1024 65535'")
                : well(Subject.PORTS, what);
    }

    private Finding timeWait() {
        if (machine.timeWait().isEmpty()) {
            return unknown(Subject.TIME_WAIT, "this platform tells no connections that were closed");
        }
        long closed = machine.timeWait().getAsLong();
        String what = text("%,d connections in TIME_WAIT", closed);
        return closed > machine.ports() / 2
                ? inTheWay(
                        Subject.TIME_WAIT,
                        what + text(" of %,d local ports", machine.ports()),
                        "wait a minute, and look with ss -tan state time-wait what opens one for each request")
                : well(Subject.TIME_WAIT, what);
    }

    private Finding processors() {
        String what = jvm.processors() == 1
                ? "this JVM may use 1 processor"
                : text("this JVM may use %,d processors", jvm.processors());
        return jvm.processors() < PROCESSORS
                ? inTheWay(Subject.PROCESSORS, what, "give it two or more")
                : well(Subject.PROCESSORS, what);
    }

    private Finding quota() {
        if (machine.quota().isEmpty()) {
            return well(Subject.CPU_QUOTA, "none is told");
        }
        double quota = machine.quota().getAsDouble();
        long throttled = machine.throttled().orElse(0);
        String what = text("%.1f processors", quota)
                + (throttled > 0 ? text(", and it had to wait %,d times since it began", throttled) : "");
        if (quota < PROCESSORS) {
            return inTheWay(Subject.CPU_QUOTA, what, "give the container two or more, or none of its own (--cpus)");
        }
        return throttled > 0
                ? note(Subject.CPU_QUOTA, what, "look whether that grows while a run goes on: nr_throttled of cpu.stat")
                : well(Subject.CPU_QUOTA, what);
    }

    private Finding governor() {
        if (machine.governors().isEmpty()) {
            return unknown(Subject.GOVERNOR, "this platform tells none, as virtual machines mostly do");
        }
        Map<String, Long> counts = machine.governors().stream()
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
        String what = counts.entrySet().stream()
                .map(count -> text(
                        "%s on %,d of %,d processors",
                        count.getKey(), count.getValue(), machine.governors().size()))
                .collect(Collectors.joining(", "));
        String remedy = "cpupower frequency-set -g performance, for the time of the run";
        boolean slow = !OWN_GOVERNORS.contains(machine.frequencyDriver())
                && Stream.of("powersave", "conservative").anyMatch(counts::containsKey);
        if (slow) {
            return inTheWay(Subject.GOVERNOR, what, remedy);
        }
        return counts.keySet().equals(Set.of("performance"))
                ? well(Subject.GOVERNOR, what)
                : note(Subject.GOVERNOR, what, remedy);
    }

    private Finding clock() {
        String what = (machine.clockSource().isEmpty() ? "" : machine.clockSource() + ", ")
                + text("%,.0f ns a reading", jvm.clockNanos());
        return jvm.clockNanos() > CLOCK_NANOS || SLOW_CLOCKS.contains(machine.clockSource())
                ? inTheWay(
                        Subject.CLOCK,
                        what,
                        "choose tsc, or the hypervisor's, of /sys/devices/system/clocksource/clocksource0/available_clocksource")
                : well(Subject.CLOCK, what);
    }

    private Finding jdk() {
        String what = "Java " + jvm.version();
        List<String> slow = jvm.options().stream()
                .filter(option -> option.equals("-Xint")
                        || option.contains("jdwp")
                        || option.startsWith("-XX:TieredStopAtLevel=")
                        || option.startsWith("-agentpath:")
                        || option.startsWith("-javaagent:"))
                .map(option -> option.replaceFirst("(-agent\\w*|-javaagent).*", "$1"))
                .toList();
        return slow.isEmpty()
                ? well(Subject.JDK, what)
                : inTheWay(Subject.JDK, what + " with " + String.join(" ", slow), "leave that out");
    }

    private Finding heap() {
        String what = "may grow to " + size(jvm.heapBytes());
        return jvm.heapBytes() < HEAP
                ? inTheWay(Subject.HEAP, what, "give more with java -Xmx1g -jar")
                : well(Subject.HEAP, what);
    }

    private Finding memory() {
        if (machine.limitBytes().isPresent()
                && jvm.heapBytes() > HEAP_OF_LIMIT * machine.limitBytes().getAsLong()) {
            return inTheWay(
                    Subject.MEMORY,
                    "the heap may grow to " + size(jvm.heapBytes()) + ", and the container to "
                            + size(machine.limitBytes().getAsLong()),
                    "leave the rest of the JVM room: -XX:MaxRAMPercentage=60");
        }
        if (machine.availableBytes().isEmpty()) {
            return unknown(Subject.MEMORY, "this platform tells none");
        }
        long available = machine.availableBytes().getAsLong();
        String what = size(available) + " available";
        if (available < MEMORY) {
            return inTheWay(Subject.MEMORY, what, "end what else takes memory here");
        }
        return available < jvm.heapBytes()
                ? note(
                        Subject.MEMORY,
                        what + ", and the heap may grow to " + size(jvm.heapBytes()),
                        "give less with java -Xmx1g -jar, or end what else takes memory here")
                : well(Subject.MEMORY, what);
    }

    /** A variable's value may hold a password: its name is told alone. */
    private Finding proxy() {
        List<String> set = PROXIES.stream()
                .filter(name -> environment.apply(name) != null
                        && !environment.apply(name).isBlank())
                .toList();
        return set.isEmpty()
                ? well(Subject.PROXY, "no variable names one")
                : note(
                        Subject.PROXY,
                        String.join(", ", set)
                                + (set.size() == 1 ? " is set, and is not used" : " are set, and are not used")
                                + ": requests go to the endpoint itself",
                        "where only the proxy reaches it: java -Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT -jar");
    }

    private static String size(long bytes) {
        double mib = bytes / (double) (1 << 20);
        return mib < 1_024 ? text("%.0f MB", mib) : text("%.1f GB", mib / 1_024);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
