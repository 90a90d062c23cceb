package io.inferometer.harness.trial;

import io.inferometer.annotations.Protocol;
import io.inferometer.corpus.tokenizer.Tokenizers;
import io.inferometer.endpoint.Target;
import io.inferometer.endpoint.WireRequest;
import io.inferometer.endpoint.request.WireProtocol;
import io.inferometer.harness.target.AnswerLength;
import io.inferometer.plan.Trial;
import io.inferometer.record.Carried;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestTimeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Asks each endpoint one thing before it is measured: a request of the form that the workload sends, with a prompt of its
 * own and eight tokens of answer. It is in no result.
 *
 * <p>What only a wrong URL, path, key or model gives ends the run. An endpoint that is not there yet is asked again for as
 * long as the plan says, one whose connection was lost before it answered once more. Any other failure may be chance: it is
 * told, and left to the run to count. A simulated endpoint, which the run itself has started, is not asked.
 */
public final class PreFlight {
    private static final long AGAIN_MILLIS = 1_000;
    /** How the message of the connect error begins that time may mend. */
    private static final String REFUSED = "connection refused";
    /** How the message of one begins of a connection that was there: it was closed, was reset, or broke. */
    private static final String CUT = "the connection to ";

    private final Optional<Duration> patience;
    private final UnaryOperator<String> redact;
    private final Consumer<String> notice;
    private final CountDownLatch stopping;
    private final LongSupplier clock;
    private final Set<List<String>> asked = new HashSet<>();

    /**
     * @param patience how long an endpoint is waited for; empty to ask nothing at all
     * @param redact takes out of a text what must not be shown
     * @param notice is told what the user should know, a line each
     * @param stopping is open once the run is ended
     * @param clock nanoseconds, monotonic
     */
    public PreFlight(
            Optional<Duration> patience,
            UnaryOperator<String> redact,
            Consumer<String> notice,
            CountDownLatch stopping,
            LongSupplier clock) {
        this.patience = patience;
        this.redact = redact;
        this.notice = line -> notice.accept(redact.apply(line));
        this.stopping = stopping;
        this.clock = clock;
    }

    /**
     * Asks a trial's endpoint, unless it has been asked for the same model before; returns when it answers, or when the
     * run is ended.
     *
     * @param first a request of the trial's
     * @throws PreFlightException if the trial's requests can't succeed
     */
    void check(Trial trial, Target target, WireRequest first) throws PreFlightException, InterruptedException {
        boolean known =
                !asked.add(List.of(target.uri().toString(), trial.everyRequest().model()));
        if (known || patience.isEmpty() || trial.endpoint().simulated()) {
            return;
        }
        long start = clock.getAsLong();
        RequestTimeline answer = ask(target, first);
        if (waitsFor(answer)) {
            notice.accept("waiting for " + target.uri().getAuthority() + ", up to "
                    + patience.get().toSeconds() + " s: " + answer.error());
        }
        while (waitsFor(answer) && clock.getAsLong() - start < patience.get().toNanos()) {
            if (stopping.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            answer = ask(target, first);
        }
        if (cut(answer)) {
            answer = ask(target, first);
        }
        judge(trial, target, first, answer);
    }

    private RequestTimeline ask(Target target, WireRequest first) throws InterruptedException {
        return target.preFlight(
                first,
                () -> notice.accept(
                        "waiting for the first answer of " + target.uri().getAuthority() + ", 30 s at most"));
    }

    private boolean waitsFor(RequestTimeline answer) {
        return !patience.orElse(Duration.ZERO).isZero() && loading(answer);
    }

    private void judge(Trial trial, Target target, WireRequest first, RequestTimeline answer)
            throws PreFlightException, InterruptedException {
        if (answer.outcome() == Outcome.SUCCESS) {
            warnings(trial, first, answer, target.limitField(first)).forEach(notice);
        } else if (loading(answer) || wrong(answer)) {
            throw new PreFlightException(
                    trial.index(),
                    trial.binding().descriptor().name(),
                    answer.outcome(),
                    answer.status(),
                    loading(answer),
                    redact.apply(answer.error() + otherHttp(target, answer) + otherProtocol(target, answer)));
        } else if (answer.outcome() != Outcome.CANCELLED && !thinking(answer)) {
            notice.accept("it failed, and the run goes on: " + answer.error());
        }
    }

    private static String otherHttp(Target target, RequestTimeline answer) {
        return answer.outcome() == Outcome.CONNECT_ERROR && !loading(answer) && target.speaksHttp2Alone()
                ? "; what listens there speaks HTTP/2 alone, and is asked in HTTP/1.1: give a port of HTTP/1.1"
                : "";
    }

    /** A status that a wrong path gives, and a wrong model may. */
    private static String otherProtocol(Target target, RequestTimeline answer) throws InterruptedException {
        boolean path = answer.status() == 404 || answer.status() == 405 || answer.status() == 501;
        return answer.outcome() == Outcome.HTTP_ERROR && path
                ? target.spokenInstead()
                        .map(spoken -> WireProtocol.of(spoken).word())
                        .map(word -> "; it seems to speak " + word + " (--protocol " + word + "?)")
                        .orElse("")
                : "";
    }

    /** Whether there is nothing there yet, or something that says so. */
    private static boolean loading(RequestTimeline answer) {
        return answer.outcome() == Outcome.CONNECT_ERROR && answer.error().startsWith(REFUSED)
                || answer.outcome() == Outcome.HTTP_ERROR && answer.status() >= 502 && answer.status() <= 504;
    }

    /** Whether the connection was lost before there was an answer. Once may be chance. */
    private static boolean cut(RequestTimeline answer) {
        return answer.outcome() == Outcome.CONNECT_ERROR && answer.error().startsWith(CUT);
    }

    /** Whether every request of this form would fail like that: a refusal by anything but load, or no answer of a model. */
    private static boolean wrong(RequestTimeline answer) {
        return switch (answer.outcome()) {
            case CONNECT_ERROR -> true;
            case HTTP_ERROR -> answer.status() < 500 && answer.status() != 429 && answer.status() != 408;
            case DECODE_ERROR -> !thinking(answer);
            default -> false;
        };
    }

    /** Whether it spent all eight tokens on reasoning that it does not show. */
    private static boolean thinking(RequestTimeline answer) {
        return answer.outcome() == Outcome.DECODE_ERROR && answer.carried(Carried.CHOICES);
    }

    private static List<String> warnings(Trial trial, WireRequest first, RequestTimeline answer, String limit) {
        List<String> warnings = new ArrayList<>();
        if (!WireProtocol.of(first.protocol()).generates()) {
            return warnings;
        }
        AnswerLength length = AnswerLength.of(answer);
        if (!limit.isEmpty() && length.passed()) {
            warnings.add("answers are longer than asked: " + limit + " is not honoured"
                    + otherLimit(first.protocol(), limit));
        }
        if (!length.isTold()) {
            warnings.add("the endpoint tells no token counts: " + counting(trial));
        } else if (first.ignoreEos() && length.ended()) {
            warnings.add("the endpoint ignores ignore_eos: it ended after " + length.tokens() + " of " + length.asked()
                    + " tokens, so answers will be shorter than asked; compare only runs of equal lengths");
        }
        return warnings;
    }

    /** The field to try in place of one that is not honoured, after a comma; empty where there is no other. */
    public static String otherLimit(Protocol protocol, String limit) {
        return protocol == Protocol.CHAT
                ? ", try --length-field " + (limit.equals("max_tokens") ? "max_completion_tokens" : "max_tokens")
                : "";
    }

    /** What counts the tokens where the endpoint does not. */
    public static String counting(Trial trial) {
        String tokenizer = trial.figures().tokenizer();
        String model = trial.everyRequest().model();
        if (!tokenizer.isEmpty()) {
            return "the tokenizer " + tokenizer + " counts them in its texts";
        }
        return Tokenizers.builtIn(model).isPresent()
                ? "the tokenizer of " + model + " counts them in its texts"
                : "name the model's tokenizer with --tokenizer, or events are counted for tokens";
    }
}
