package io.inferometer.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
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
        "metronome?fault=none&every=7,               metronome?ttft=50&itl=10",
    })
    void isWrittenInOneWay(String text, String written) {
        assertThat(Profile.parse(text)).hasToString(written);
        assertThat(Profile.parse(written)).hasToString(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metro                   | no profile 'metro'; known: metronome",
                "''                      | no profile ''; known: metronome",
                "metronome?tfft=5        | profile metronome has no option 'tfft'; known: ttft, itl, fault, every",
                "metronome?              | profile metronome has no option ''; known: ttft, itl, fault, every",
                "metronome?ttft=5&       | profile metronome has no option ''; known: ttft, itl, fault, every",
                "metronome?ttft          | option ttft needs a value: ttft=…",
                "metronome?itl=1&itl=2   | option itl is given twice",
                "metronome?ttft=         | ttft must be a number of milliseconds from 0 to 86400000, not ''",
                "metronome?ttft=fast     | ttft must be a number of milliseconds from 0 to 86400000, not 'fast'",
                "metronome?itl=-1        | itl must be a number of milliseconds from 0 to 86400000, not '-1'",
                "metronome?itl=86400001  | itl must be a number of milliseconds from 0 to 86400000, not '86400001'",
                "metronome?fault=bad     | fault must be one of none, 429, 500, cut, error, empty, stall, not 'bad'",
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
    void aFaultMeetsEveryRequestUnlessToldOtherwise() {
        Profile profile = Profile.parse("metronome?fault=500");

        assertThat(profile.faultOf(1)).isEqualTo(Fault.SERVER_ERROR);
        assertThat(profile.faultOf(2)).isEqualTo(Fault.SERVER_ERROR);
    }

    @Test
    void hasNoFaultsUnlessToldTo() {
        assertThat(Profile.parse("metronome").faultOf(1)).isEqualTo(Fault.NONE);
    }
}
