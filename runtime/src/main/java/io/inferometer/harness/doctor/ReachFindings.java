package io.inferometer.harness.doctor;

import static io.inferometer.report.finding.Finding.inTheWay;
import static io.inferometer.report.finding.Finding.note;
import static io.inferometer.report.finding.Finding.well;

import io.inferometer.report.finding.Finding;
import io.inferometer.report.finding.Subject;
import java.net.Inet6Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the way to an endpoint means for a measurement.
 *
 * @param insecure whether certificates are not verified
 * @param spread whether connections go to all addresses
 * @param keyed whether a key is sent
 * @param now what a certificate's end is compared with
 */
record ReachFindings(Reach reach, boolean insecure, boolean spread, boolean keyed, Instant now) {
    private static final double NANOS_PER_MILLI = 1e6;
    /** Of an answer whose first token takes a second, a twentieth. */
    private static final double NEAR_MILLIS = 50;
    /** Beyond that it is the ocean that is measured, and not what is behind it. */
    private static final double FAR_MILLIS = 100;

    private static final double SLOW_DNS_MILLIS = 1_000;
    private static final Duration SOON = Duration.ofDays(14);

    List<Finding> all() {
        List<Finding> all = new ArrayList<>();
        all.add(dns());
        if (reach.dialed().stream().anyMatch(Reach.Dialed::answered)) {
            all.add(addresses());
        }
        if (!reach.dialed().isEmpty()) {
            all.add(connect());
            tls().ifPresent(all::add);
        }
        return all;
    }

    /** Whether requests could get there. */
    boolean open() {
        return reach.connectNanos().isPresent()
                && reach.handshake().map(Reach.Handshake::error).orElse("").isEmpty();
    }

    private Finding dns() {
        if (reach.dialed().isEmpty()) {
            return inTheWay(
                    Subject.DNS,
                    reach.host() + " has no address",
                    "is the host's name right, and can it be resolved from here?");
        }
        double millis = reach.resolveNanos() / NANOS_PER_MILLI;
        String what = text(
                "%s has %,d address%s, found in %,.1f ms",
                reach.host(), reach.addresses(), reach.addresses() == 1 ? "" : "es", millis);
        return millis > SLOW_DNS_MILLIS
                ? note(Subject.DNS, what, "ask a nearer resolver; runs themselves are not slower for it")
                : well(Subject.DNS, what);
    }

    private Finding addresses() {
        List<Reach.Dialed> silent =
                reach.dialed().stream().filter(address -> !address.answered()).toList();
        String families = families();
        if (!reach.dialed().get(0).answered()) {
            Reach.Dialed first = reach.dialed().get(0);
            return inTheWay(
                    Subject.ADDRESSES,
                    "the first, " + first.address().getHostAddress() + ", does not answer: " + first.error() + " ("
                            + families + ")",
                    first.address() instanceof Inet6Address
                            ? "mend the way of IPv6, or start with java -Djava.net.preferIPv4Stack=true -jar"
                            : "take it out of the name, or mend the way to it");
        }
        if (!silent.isEmpty()) {
            return note(
                    Subject.ADDRESSES,
                    text(
                            "%,d of %,d do not answer (%s)",
                            silent.size(), reach.dialed().size(), families),
                    "connections go to one that does");
        }
        return reach.addresses() > 1 && !spread
                ? note(
                        Subject.ADDRESSES,
                        text(
                                "%,d answer (%s), and connections go to the first",
                                reach.dialed().size(), families),
                        "--resolve all measures them together")
                : well(Subject.ADDRESSES, families);
    }

    private String families() {
        List<String> told = new ArrayList<>();
        family("IPv4", false).ifPresent(told::add);
        family("IPv6", true).ifPresent(told::add);
        return String.join(", ", told);
    }

    private Optional<String> family(String name, boolean six) {
        List<Reach.Dialed> of = reach.dialed().stream()
                .filter(address -> address.address() instanceof Inet6Address == six)
                .toList();
        long answered = of.stream().filter(Reach.Dialed::answered).count();
        return of.isEmpty()
                ? Optional.empty()
                : Optional.of(text("%s: %,d of %,d answer%s", name, answered, of.size(), of.size() == 1 ? "s" : ""));
    }

    private Finding connect() {
        if (reach.connectNanos().isEmpty()) {
            String error = reach.dialed().stream()
                    .map(Reach.Dialed::error)
                    .filter(text -> !text.isEmpty())
                    .findFirst()
                    .orElse("the connection was lost");
            return inTheWay(
                    Subject.CONNECT,
                    "no connection (" + families() + "): " + error,
                    "is the endpoint up, and the port right?");
        }
        double millis = reach.connectNanos().getAsLong() / NANOS_PER_MILLI;
        String what = text("a connection takes %,.1f ms", millis);
        if (millis > FAR_MILLIS) {
            return inTheWay(Subject.CONNECT, what, "measure from a machine that is nearer to the endpoint");
        }
        return millis > NEAR_MILLIS
                ? note(Subject.CONNECT, what, "compare only what was measured from the same place")
                : well(Subject.CONNECT, what);
    }

    private Optional<Finding> tls() {
        if (reach.handshake().isEmpty()) {
            return reach.connectNanos().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            keyed
                                    ? note(
                                            Subject.TLS,
                                            "not encrypted, and a key is sent",
                                            "give a URL of https where the way is not your own")
                                    : well(Subject.TLS, "not encrypted"));
        }
        Reach.Handshake shaken = reach.handshake().get();
        if (!shaken.error().isEmpty()) {
            return Optional.of(
                    inTheWay(
                            Subject.TLS,
                            "no encrypted connection: " + shaken.error(),
                            "java -Djavax.net.ssl.trustStore=FILE -jar trusts an authority of your own, --insecure any certificate"));
        }
        String what = text("%s, a handshake takes %,.1f ms", shaken.protocol(), shaken.nanos() / NANOS_PER_MILLI);
        if (insecure) {
            return Optional.of(
                    note(Subject.TLS, what + ", and the certificate is not verified", "leave --insecure out"));
        }
        return Optional.of(shaken.validUntil()
                .filter(end -> end.isBefore(now.plus(SOON)))
                .map(end -> note(Subject.TLS, what + ", and the certificate ends at " + end, "have it renewed"))
                .orElse(well(Subject.TLS, what)));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
