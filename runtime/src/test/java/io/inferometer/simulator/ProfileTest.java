package io.inferometer.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferometer.simulator.engine.Playback;
import io.inferometer.simulator.fault.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {
    @ParameterizedTest
    @CsvSource({
        "metronome,                                  metronome?ttft=50&itl=10",
        "metronome?itl=2,                            metronome?ttft=50&itl=2",
        "metronome?ttft=0&itl=0.0,                   metronome?ttft=0&itl=0",
        "metronome?itl=0.25&ttft=5.500,              metronome?ttft=5.5&itl=0.25",
        "metronome?itl=0.000001&ttft=100,            metronome?ttft=100&itl=0.000001",
        "metronome?fault=cut&every=3,                metronome?ttft=50&itl=10&fault=cut&every=3",
        "metronome?fault=429&every=1,                metronome?ttft=50&itl=10&fault=429",
        "metronome?fault=mixed&every=4,              metronome?ttft=50&itl=10&fault=mixed&every=4",
        "metronome?fault=none&every=7,               metronome?ttft=50&itl=10",
        "b200-trt-tp4,                               b200-trt-tp4",
        "b200-trt-tp4?interval=20&rate=0.0&seed=1,   b200-trt-tp4",
        "b200-trt-tp4?coalesce=4&running=8,          b200-trt-tp4?running=8&coalesce=4",
        "h100-vllm-tp2?reasoning=0.50&rate=20,       h100-vllm-tp2?rate=20&reasoning=0.5",
        "h100-vllm-tp2?slower=1.10,                  h100-vllm-tp2?slower=1.1",
        "h100-vllm-tp2?cache=unbounded,              h100-vllm-tp2?cache=unbounded",
        "h100-vllm-tp2?prefix_cache=false&cache=64,  h100-vllm-tp2?cache=64&prefix_cache=false",
        "h100-vllm-tp2?template=0,                   h100-vllm-tp2?template=0",
        "h100-vllm-tp2?acceptance=0.80&draft=3,      h100-vllm-tp2?draft=3&acceptance=0.8",
        "h100-vllm-tp2?cache=1000000,                h100-vllm-tp2",
        "h100-vllm-tp2?ignore_eos=false&answer=0,    h100-vllm-tp2?answer=0&ignore_eos=false",
        "h100-vllm-tp2?fault=cut&every=2,            h100-vllm-tp2?fault=cut&every=2",
        "h100-vllm-tp2?context=4096&fault=500,       h100-vllm-tp2?context=4096&fault=500",
    })
    void isWrittenInOneWay(String text, String written) {
        assertThat(Profile.parse(text)).hasToString(written);
        assertThat(Profile.parse(written)).hasToString(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metro                   | no profile 'metro'; known: metronome, b200-trt-tp4, b200-vllm-tp1, h200-vllm-tp2, h100-vllm-tp2, mi300x-vllm-tp4, mi355x-vllm-tp1",
                "''                      | no profile ''; known: metronome, b200-trt-tp4, b200-vllm-tp1, h200-vllm-tp2, h100-vllm-tp2, mi300x-vllm-tp4, mi355x-vllm-tp1",
                "metronome?tfft=5        | profile metronome has no option 'tfft'; known: ttft, itl, reasoning, cached, batch_running, batch_queue, batch_finalize, batch_window, batch_fail, fault, every",
                "metronome?              | profile metronome has no option ''; known: ttft, itl, reasoning, cached, batch_running, batch_queue, batch_finalize, batch_window, batch_fail, fault, every",
                "metronome?ttft=5&       | profile metronome has no option ''; known: ttft, itl, reasoning, cached, batch_running, batch_queue, batch_finalize, batch_window, batch_fail, fault, every",
                "metronome?ttft          | option ttft needs a value: ttft=…",
                "metronome?itl=1&itl=2   | option itl is given twice",
                "metronome?ttft=         | ttft must be a number of milliseconds from 0 to 86400000, not ''",
                "metronome?ttft=fast     | ttft must be a number of milliseconds from 0 to 86400000, not 'fast'",
                "metronome?itl=-1        | itl must be a number of milliseconds from 0 to 86400000, not '-1'",
                "metronome?itl=86400001  | itl must be a number of milliseconds from 0 to 86400000, not '86400001'",
                "metronome?fault=bad     | fault must be one of none, 400, 401, 403, 404, 413, 422, 429, 429-date, 500, 500-long, 502, 503, 504, redirect, html, gzip, reset, reset-in-headers, reset-after-headers, endless-headers, stall-at-once, crlf, cr, pings, trickle, no-done, no-blank, long-chunks, short-chunks, empty, no-usage, false-usage, two-usages, cut, cut-character, cut-chunk-size, huge-event, error, stall, unread, close-idle, or mixed, not 'bad'",
                "b200-trt-tp4?ttft=5     | profile b200-trt-tp4 has no option 'ttft'; known: running, cache, prefix_cache, context, template, rate, interval, coalesce, draft, acceptance, answer, ignore_eos, reasoning, cached, slower, seed, batch_running, batch_queue, batch_finalize, batch_window, batch_fail, fault, every",
                "b200-trt-tp4?running=0  | running must be a whole number of at least 1, not '0'",
                "b200-trt-tp4?rate=-1    | rate must be a number from 0 to 1000000, not '-1'",
                "b200-trt-tp4?slower=0   | slower must be a number of more than 0, up to 1000, not '0'",
                "b200-trt-tp4?cache=0    | cache must be a whole number of at least 1, or unbounded, not '0'",
                "b200-trt-tp4?draft=65   | draft must be a whole number from 0 to 64, not '65'",
                "b200-trt-tp4?reasoning=2 | reasoning must be a number from 0 to 1, not '2'",
                "b200-trt-tp4?answer=1e3 | answer must be a whole number of at least 0, not '1e3'",
                "b200-trt-tp4?ignore_eos=yes | ignore_eos must be true or false, not 'yes'",
                "metronome?every=0       | every must be a whole number of at least 1, not '0'",
                "metronome?every=1.5     | every must be a whole number of at least 1, not '1.5'",
            })
    void tellsInOneLineWhatIsWrong(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.parse(text))
                .withMessage(message);
    }

    @Test
    void aFaultMeetsEveryNthRequest() {
        Profile profile = Profile.parse("metronome?fault=cut&every=3");

        List<Fault> faults = new ArrayList<>();
        for (int n = 1; n <= 6; n++) {
            faults.add(profile.faultOf(n));
        }

        assertThat(faults).containsExactly(Fault.NONE, Fault.NONE, Fault.CUT, Fault.NONE, Fault.NONE, Fault.CUT);
    }

    @Test
    void severalFaultsTakeTurns() {
        Profile profile = Profile.parse("metronome?fault=cut,429&every=2");

        List<Fault> faults = new ArrayList<>();
        for (int n = 1; n <= 6; n++) {
            faults.add(profile.faultOf(n));
        }

        assertThat(faults)
                .containsExactly(Fault.NONE, Fault.CUT, Fault.NONE, Fault.TOO_MANY_REQUESTS, Fault.NONE, Fault.CUT);
    }

    @Test
    void mixedFaultsAreAllOfThem() {
        Profile profile = Profile.parse("metronome?fault=mixed");

        Set<Fault> faults = new HashSet<>();
        for (int n = 1; n < Fault.values().length; n++) {
            faults.add(profile.faultOf(n));
        }

        assertThat(faults).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Fault.NONE)));
    }

    @Test
    void aFaultMeetsEveryRequestUnlessToldOtherwise() {
        Profile profile = Profile.parse("metronome?fault=500");

        assertThat(profile.faultOf(1)).isEqualTo(Fault.SERVER_ERROR);
        assertThat(profile.faultOf(2)).isEqualTo(Fault.SERVER_ERROR);
    }

    @Test
    void hasNoFaultsUnlessToldTo() {
        assertThat(Profile.parse("metronome").faultOf(1)).isEqualTo(Fault.NONE);
    }

    @Test
    void aPlaybackComesBackFromItsText() {
        Profile playback = Profile.playback(Playback.scores("50,1x3;9"), 4);

        assertThat(playback.toString()).isEqualTo("playback?tokens=4&scores=50,1x3;9");
        assertThat(Profile.parse(playback.toString())).hasToString(playback.toString());
        assertThat(Profile.names()).doesNotContain("playback");
    }
}
