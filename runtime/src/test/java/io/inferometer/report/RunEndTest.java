package io.inferometer.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.record.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunEndTest {
    @Test
    void isFoundAgainByTheTextThatAJournalHas() {
        assertThat(RunEnd.told(true, "")).isEqualTo(RunEnd.COMPLETE);
        assertThat(RunEnd.told(false, "interrupted")).isEqualTo(RunEnd.INTERRUPTED);
        assertThat(RunEnd.told(false, "its run time of 90.0 s was over"))
                .isEqualTo(new RunEnd.TimeOver(Duration.ofSeconds(90)));
        assertThat(RunEnd.told(false, "its run time of 1.5 s was over"))
                .isEqualTo(new RunEnd.TimeOver(Duration.ofMillis(1_500)));
        assertThat(RunEnd.told(false, "its run time of 1.0E7 s was over"))
                .isEqualTo(new RunEnd.TimeOver(Duration.ofSeconds(10_000_000)));
    }

    @Test
    void keepsATextThatItDoesNotKnow() {
        String text = new RunEnd.FailedRequest(3, Outcome.TIMEOUT, "late").text();

        assertThat(text).isEqualTo("request 3 failed (timeout: late), and -foe was given");
        assertThat(RunEnd.told(false, text).text()).isEqualTo(text);
        assertThat(RunEnd.told(false, "its run time of no s was over").text())
                .isEqualTo("its run time of no s was over");
        assertThat(RunEnd.told(false, "").text()).isEmpty();
    }
}
