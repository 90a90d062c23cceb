package io.inferometer.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.harness.member.ClockComparison;
import io.inferometer.harness.member.Member;
import io.inferometer.harness.member.MemberSource;
import io.inferometer.harness.member.Part;
import io.inferometer.harness.member.Share;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.harness.trial.PreFlightException;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.record.journal.Journal;
import io.inferometer.report.Report;
import io.inferometer.report.header.RunHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members on other machines that end before they have sent anything. */
class MemberThatCantTest {
    private static final String NAME = "10.0.0.2:7800";

    @TempDir
    Path dir;

    private Plan plan() {
        return APlan.of(dir.resolve("run.journal.jsonl"), new APlan.ATrial(new CountingBinding(), "http://127.0.0.1:1"))
                .forks(1)
                .plan();
    }

    private static Harness harness(Plan plan, ExitCode status) {
        Member member = new Member() {
            @Override
            public String name() {
                return NAME;
            }

            @Override
            public Part start(Share share) throws IOException {
                Journal.ofFork(share.journal(), RunHeader.of(plan).toMap(), false)
                        .close();
                return new Ended(status);
            }
        };
        MemberSource crew = stopping -> () -> List.of(member);
        return new Harness(plan, name -> null, new Report() {}, crew);
    }

    @Test
    void whatIsWrongThereIsToldWithItsNameAndNothingIsLeft() {
        assertThatThrownBy(() -> harness(plan(), ExitCode.USAGE).run())
                .isInstanceOf(UsageException.class)
                .hasMessage(NAME + ": no room");

        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void aKeyThatIsWrongThereIsToldWithItsName() {
        assertThatThrownBy(() -> harness(plan(), ExitCode.TOO_MANY_FAILURES).run())
                .isInstanceOf(PreFlightException.class)
                .hasMessage(NAME + ": no room");

        assertThat(dir).isEmptyDirectory();
    }

    /** One that has ended, somewhere else. */
    private record Ended(ExitCode code) implements Part {
        @Override
        public boolean ended(Duration atMost) {
            return true;
        }

        @Override
        public int status() {
            return code.status();
        }

        @Override
        public String complaint() {
            return "no room";
        }

        @Override
        public void stop() {}

        @Override
        public void enough() {}

        @Override
        public void cancel() {}

        @Override
        public void go(long nanos) {}

        @Override
        public Optional<ClockComparison> clock() {
            return Optional.of(new ClockComparison(0, 1));
        }

        @Override
        public void close() {}
    }
}
