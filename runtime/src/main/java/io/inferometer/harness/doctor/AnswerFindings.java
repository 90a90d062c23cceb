package io.inferometer.harness.doctor;

import static io.inferometer.report.finding.Finding.inTheWay;
import static io.inferometer.report.finding.Finding.note;
import static io.inferometer.report.finding.Finding.unknown;
import static io.inferometer.report.finding.Finding.well;

import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.request.WireProtocol;
import io.inferometer.harness.target.AnswerLength;
import io.inferometer.harness.trial.PreFlight;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.record.RequestTimeline;
import io.inferometer.report.finding.Finding;
import io.inferometer.report.finding.Subject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Asks an endpoint a few requests, and tells what their answers mean for a measurement. */
final class AnswerFindings {
    private static final double NANOS_PER_MILLI = 1e6;
    /** As the warning {@code tokens-per-event} has it. */
    private static final double TOKENS_PER_EVENT = 1.2;

    private final Trial trial;
    private final Plan.Transport transport;
    private final Target target;
    private final Questions questions;
    private final Function<RequestTimeline, String> remedies;
    private final List<Finding> all = new ArrayList<>();

    /** @param remedies what to do about a request that failed; empty where it says so itself */
    AnswerFindings(
            Trial trial,
            Plan.Transport transport,
            Target target,
            Questions questions,
            Function<RequestTimeline, String> remedies) {
        this.trial = trial;
        this.transport = transport;
        this.target = target;
        this.questions = questions;
        this.remedies = remedies;
    }

    /** Asks; what can't be told without an answer is left out. */
    List<Finding> all() throws InterruptedException {
        Asked first = questions.goesOn();
        answer(first);
        if (!first.well() && !first.thought()) {
            return all;
        }
        all.add(well(Subject.PROTOCOL, protocol().word() + " at " + target.uri().getRawPath()));
        Asked second = questions.endsAlone();
        if (questions.generates()) {
            streaming(inOneRead(first) && second.reads() > 1 ? second : first);
            usage(first);
            limit(first);
        }
        keepAlive(second);
        if (questions.generates()) {
            ignoreEos(second);
            minTokens(questions.hasAtLeast());
        }
        return all;
    }

    private WireProtocol protocol() {
        return WireProtocol.of(trial.endpoint().protocol());
    }

    private void answer(Asked asked) throws InterruptedException {
        RequestTimeline answer = asked.answer();
        double millis = (answer.endNanos() - asked.record().releasedNanos()) / NANOS_PER_MILLI;
        if (asked.well()) {
            all.add(well(Subject.ANSWER, text("%d after %,.0f ms", answer.status(), millis)));
        } else if (asked.thought()) {
            all.add(note(
                    Subject.ANSWER,
                    text("%,d tokens were all spent on reasoning that is not shown", Questions.TOKENS),
                    "give runs longer answers"));
        } else {
            all.add(inTheWay(Subject.ANSWER, answer.error(), remedies.apply(answer)));
            if (answer.status() == 404 || answer.status() == 405 || answer.status() == 501) {
                target.spokenInstead()
                        .map(spoken -> WireProtocol.of(spoken).word())
                        .ifPresent(spoken -> all.add(inTheWay(
                                Subject.PROTOCOL,
                                "asked in " + protocol().word() + ", it seems to speak " + spoken,
                                "--protocol " + spoken)));
            }
        }
    }

    /** Also where this machine stood still while events came: what two answers show alike is the endpoint's doing. */
    private static boolean inOneRead(Asked asked) {
        return asked.request().streamed() && asked.reads() < 2;
    }

    private void streaming(Asked asked) {
        AnswerLength length = asked.length();
        if (!asked.request().streamed()) {
            all.add(note(Subject.STREAMING, "answers are not streamed, as was asked", "leave --no-streaming out"));
        } else if (length.tokens() < 2) {
            all.add(unknown(Subject.STREAMING, "the answer was too short to tell"));
        } else if (asked.reads() < 2) {
            all.add(inTheWay(
                    Subject.STREAMING,
                    text("%,d tokens came in one read", length.tokens()),
                    "turn off buffering on the way (proxy_buffering off), or measure with --no-streaming"));
        } else {
            double each = length.tokens() / (double) length.events();
            String what = text("%,d events in %,d reads", length.events(), asked.reads());
            all.add(
                    length.isTold() && each > TOKENS_PER_EVENT
                            ? note(Subject.STREAMING, what + text(", %.1f tokens an event", each), "read tpot, not itl")
                            : well(Subject.STREAMING, what));
        }
    }

    private void usage(Asked asked) {
        if (asked.length().isTold()) {
            all.add(well(
                    Subject.USAGE,
                    text(
                            "%s of the prompt, %,d of the answer",
                            asked.answer().promptTokens() > 0
                                    ? text("%,d tokens", asked.answer().promptTokens())
                                    : "no count",
                            asked.answer().completionTokens())));
            return;
        }
        String counting = PreFlight.counting(trial);
        String what = "the endpoint tells no token counts";
        all.add(
                counting.startsWith("name ")
                        ? inTheWay(Subject.USAGE, what, counting)
                        : note(Subject.USAGE, what, counting));
    }

    private void limit(Asked asked) {
        String field = target.limitField(asked.request());
        AnswerLength length = asked.length();
        if (field.isEmpty()) {
            all.add(note(Subject.LIMIT, "no limit is sent", "leave the field of --omit in"));
        } else if (length.passed()) {
            all.add(inTheWay(
                    Subject.LIMIT,
                    text("%s %,d is not honoured: %,d came", field, length.asked(), length.tokens()),
                    "compare no throughput of such runs"
                            + PreFlight.otherLimit(trial.endpoint().protocol(), field)));
        } else if (length.tokens() < length.asked()) {
            all.add(unknown(
                    Subject.LIMIT,
                    text("%s %,d: the answer ended by itself after %,d", field, length.asked(), length.tokens())));
        } else {
            all.add(well(Subject.LIMIT, text("%s %,d is honoured", field, length.asked())));
        }
    }

    private void ignoreEos(Asked asked) {
        lengthens(
                Subject.IGNORE_EOS,
                "ignore_eos",
                asked.request().ignoreEos(),
                asked,
                "compare only runs of equal lengths, or give min_tokens with --extra-body");
    }

    private void minTokens(Asked asked) {
        String body = new String(asked.request().body(), StandardCharsets.UTF_8);
        lengthens(
                Subject.MIN_TOKENS,
                Questions.MIN_TOKENS,
                body.contains('"' + Questions.MIN_TOKENS + '"'),
                asked,
                "compare only runs of equal lengths");
    }

    private void lengthens(Subject subject, String field, boolean sent, Asked asked, String remedy) {
        AnswerLength length = asked.length();
        if (!sent) {
            all.add(unknown(subject, field + " is not sent: the protocol has none, or it was left out as asked"));
        } else if (asked.refused()) {
            all.add(note(
                    subject, field + " is refused: " + asked.answer().error(), "--omit " + field + " leaves it out"));
        } else if (!asked.well()) {
            all.add(unknown(subject, "the request failed: " + asked.answer().error()));
        } else if (!length.isTold()) {
            all.add(unknown(subject, "the endpoint tells no token counts"));
        } else if (length.ended()) {
            all.add(note(
                    subject,
                    text(
                            "%s is ignored: the answer ended after %,d of %,d tokens",
                            field, length.tokens(), length.asked()),
                    remedy));
        } else {
            all.add(well(
                    subject, text("%s is honoured: %,d of %,d tokens came", field, length.tokens(), length.asked())));
        }
    }

    private void keepAlive(Asked second) {
        if (transport.kind() == Plan.Transport.Kind.JDK) {
            all.add(unknown(Subject.KEEP_ALIVE, "the jdk transport does not tell; --transport nio does"));
        } else if (second.cold()) {
            all.add(inTheWay(
                    Subject.KEEP_ALIVE,
                    "the second request had to open a connection of its own",
                    "let the endpoint, and a proxy before it, keep connections open"));
        } else {
            all.add(well(Subject.KEEP_ALIVE, "the second request went over the connection of the first"));
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
