package io.inferometer.harness.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.instrument.Health;
import io.inferometer.report.finding.Finding;
import io.inferometer.report.finding.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine is a directory of files, as the system shows them. */
class MachineFindingsTest {
    private static final long GB = 1L << 30;

    private static final Jvm USUAL = new Jvm(
            new Health.Descriptors(40, 1_048_576), 8, 4 * GB, Runtime.Version.parse("17.0.15"), List.of("-Xmx4g"), 25);

    @TempDir
    private Path root;

    private final Map<String, String> environment = new HashMap<>();

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** A machine on which nothing stands in the way. */
    private void good() throws IOException {
        file("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n");
        file(
                "proc/net/sockstat",
                "sockets: used 33\nTCP: inuse 1 orphan 0 tw 12 alloc 3 mem 127\nUDP: inuse 0 mem 0\n");
        file("proc/meminfo", "MemTotal:       24683000 kB\nMemFree:  1000 kB\nMemAvailable:   16777216 kB\n");
        file("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
        file("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "performance\n");
        file("sys/devices/system/cpu/cpu0/cpufreq/scaling_driver", "acpi-cpufreq\n");
        file("sys/devices/system/cpu/cpufreq/boost", "1\n");
        file("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n");
    }

    private List<String> lines(Jvm jvm) {
        return findings(jvm).stream()
                .map(finding -> finding.weight().word() + " | " + finding.line())
                .toList();
    }

    private List<Finding> findings(Jvm jvm) {
        return new MachineFindings(Machine.read(root), jvm, environment::get).all();
    }

    private String line(Subject subject, Jvm jvm) {
        return findings(jvm).stream()
                .filter(finding -> finding.subject() == subject)
                .map(finding -> finding.weight().word() + " | " + finding.line())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void onAGoodMachineNothingStandsInTheWay() throws IOException {
        good();

        assertThat(lines(USUAL))
                .containsExactly(
                        "ok | descriptors: this process may open 1,048,536 more files",
                        "ok | ports: 28,232 local ports",
                        "ok | time-wait: 12 connections in TIME_WAIT",
                        "ok | processors: this JVM may use 8 processors",
                        "ok | cpu-quota: none is told",
                        "ok | governor: performance on 2 of 2 processors",
                        "ok | clock: tsc, 25 ns a reading",
                        "ok | jdk: Java 17.0.15",
                        "ok | heap: may grow to 4.0 GB",
                        "ok | memory: 16.0 GB available",
                        "ok | proxy: no variable names one");
    }

    @Test
    void whatAPlatformDoesNotTellIsUnknownAndStandsInNobodysWay() {
        Jvm bare = new Jvm(new Health.Descriptors(-1, -1), 8, 4 * GB, USUAL.version(), List.of(), 25);

        assertThat(findings(bare)).noneMatch(Finding::inTheWay);
        assertThat(lines(bare))
                .contains(
                        "unknown | descriptors: this platform tells no limit of open files",
                        "unknown | ports: this platform tells no range of local ports",
                        "unknown | time-wait: this platform tells no connections that were closed",
                        "unknown | governor: this platform tells none, as virtual machines mostly do",
                        "unknown | memory: this platform tells none",
                        "ok | clock: 25 ns a reading");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            proc/sys/net/ipv4/ip_local_port_range | 60000 60999 | PORTS | in the way | ports: 1,000 local ports; each connection to one address needs a local port of its own; get more with sysctl -w net.ipv4.ip_local_port_range='1024 65535'
            proc/net/sockstat | TCP: inuse 1 tw 20000 alloc 3 | TIME_WAIT | in the way | time-wait: 20,000 connections in TIME_WAIT of 28,232 local ports; a port stays taken for a minute behind a connection that was closed; wait a minute, and look with ss -tan state time-wait what opens one for each request
            sys/devices/system/cpu/cpu1/cpufreq/scaling_governor | powersave | GOVERNOR | in the way | governor: performance on 1 of 2 processors, powersave on 1 of 2 processors; a processor that has clocked down is slow at what comes behind a pause, as each token does; cpupower frequency-set -g performance, for the time of the run
            sys/devices/system/cpu/cpu1/cpufreq/scaling_governor | schedutil | GOVERNOR | note | governor: performance on 1 of 2 processors, schedutil on 1 of 2 processors; a processor that has clocked down is slow at what comes behind a pause, as each token does; cpupower frequency-set -g performance, for the time of the run
            sys/devices/system/clocksource/clocksource0/current_clocksource | hpet | CLOCK | in the way | clock: hpet, 25 ns a reading; each event is stamped, and a slow clock is in each gap; choose tsc, or the hypervisor's, of /sys/devices/system/clocksource/clocksource0/available_clocksource
            proc/meminfo | MemAvailable: 204800 kB | MEMORY | in the way | memory: 200 MB available; a process beyond its memory is ended, or swaps; end what else takes memory here
            proc/meminfo | MemAvailable: 2097152 kB | MEMORY | note | memory: 2.0 GB available, and the heap may grow to 4.0 GB; a process beyond its memory is ended, or swaps; give less with java -Xmx1g -jar, or end what else takes memory here
            sys/fs/cgroup/memory.max | 4294967296 | MEMORY | in the way | memory: the heap may grow to 4.0 GB, and the container to 4.0 GB; a process beyond its memory is ended, or swaps; leave the rest of the JVM room: -XX:MaxRAMPercentage=60
            sys/fs/cgroup/memory.max | max | MEMORY | ok | memory: 16.0 GB available
            sys/fs/cgroup/memory/memory.limit_in_bytes | 9223372036854771712 | MEMORY | ok | memory: 16.0 GB available
            sys/fs/cgroup/cpu.max | 150000 100000 | CPU_QUOTA | in the way | cpu-quota: 1.5 processors; a process that has used its quota up stands still, and stamps late what comes meanwhile; give the container two or more, or none of its own (--cpus)
            sys/fs/cgroup/cpu.max | 400000 100000 | CPU_QUOTA | ok | cpu-quota: 4.0 processors
            sys/fs/cgroup/cpu.max | max 100000 | CPU_QUOTA | ok | cpu-quota: none is told
            """)
    void whatTheSystemTellsIsToldWithWhatToDo(String file, String text, Subject subject, String weight, String line)
            throws IOException {
        good();
        file(file, text + "\n");

        assertThat(line(subject, USUAL)).isEqualTo(weight + " | " + line);
    }

    @Test
    void theGroupOfThisProcessIsLookedAtBeforeTheRoot() throws IOException {
        good();
        file("proc/self/cgroup", "9:name=systemd:/\n4:memory:/mine\n3:cpu,cpuacct:/mine\n");
        file("sys/fs/cgroup/memory/mine/memory.limit_in_bytes", "1073741824\n");
        file("sys/fs/cgroup/cpu/mine/cpu.stat", "nr_periods 10\nnr_throttled 7\n");
        file("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
        file("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
        Machine old = Machine.read(root);
        file("proc/self/cgroup", "0::/other\n");
        file("sys/fs/cgroup/other/cpu.max", "200000 100000\n");
        file("sys/fs/cgroup/other/cpu.stat", "nr_throttled 3\n");
        Machine unified = Machine.read(root);

        assertThat(old.limitBytes()).hasValue(GB);
        assertThat(old.quota()).isEmpty();
        assertThat(old.throttled()).hasValue(7);
        assertThat(unified.quota()).hasValue(2);
        assertThat(unified.throttled()).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"intel_pstate", "amd-pstate-epp"})
    void aDriverThatGovernsItselfTakesPowersaveForAPreference(String driver) throws IOException {
        good();
        file("sys/devices/system/cpu/cpu0/cpufreq/scaling_driver", driver);
        file("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave");

        assertThat(line(Subject.GOVERNOR, USUAL)).startsWith("note | governor: ");
    }

    @Test
    void whatTheJvmIsLikeIsToldWithWhatToDo() throws IOException {
        good();
        Jvm poor = new Jvm(
                new Health.Descriptors(900, 1_024),
                1,
                128L << 20,
                USUAL.version(),
                List.of("-Xint", "-agentlib:jdwp=transport=dt_socket,server=y", "-Xmx128m"),
                1_500);

        assertThat(lines(poor))
                .contains(
                        "in the way | descriptors: this process may open 124 more files; each request in flight needs an open"
                                + " file, and a run that comes to the limit measures the limit; raise that with ulimit -n"
                                + " 65536, or LimitNOFILE of its service",
                        "in the way | processors: this JVM may use 1 processor; what reads and stamps answers must not wait"
                                + " for what sends requests; give it two or more",
                        "in the way | clock: tsc, 1,500 ns a reading; each event is stamped, and a slow clock is in each gap;"
                                + " choose tsc, or the hypervisor's, of"
                                + " /sys/devices/system/clocksource/clocksource0/available_clocksource",
                        "in the way | jdk: Java 17.0.15 with -Xint -agentlib; code that isn't compiled takes a multiple of the"
                                + " time for each event; leave that out",
                        "in the way | heap: may grow to 128 MB; a full heap stops everything to collect garbage; give more"
                                + " with java -Xmx1g -jar");
    }

    @Test
    void aProxysVariableIsToldWithoutItsValue() throws IOException {
        good();
        environment.put("https_proxy", "http://user:password@proxy:3128");

        assertThat(line(Subject.PROXY, USUAL))
                .startsWith("note | proxy: https_proxy is set, and is not used: requests go to the endpoint itself; ")
                .doesNotContain("password");
    }
}
