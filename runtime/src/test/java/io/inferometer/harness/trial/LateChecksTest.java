package io.inferometer.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.harness.APlan;
import io.inferometer.record.AnswerTexts;
import io.inferometer.record.Outcome;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.stats.ARequest;
import io.inferometer.workload.Answer;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LateChecksTest {
    private final List<String> log = new ArrayList<>();
    private final Says workload = new Says(log);
    private final TrialHeader trial = TrialHeader.of(new APlan.ATrial(workload, "http://localhost:1").trial(0));

    @Test
    void checksWithAnInstanceThatIsSetUpAsThatOfItsTrialAndFork() throws Exception {
        try (LateChecks checks = new LateChecks(List.of(workload))) {
            RequestRecord right = checks.check(trial, request(0), said("0")).orElseThrow();
            RequestRecord wrong = checks.check(trial, request(1), said("0")).orElseThrow();
            checks.check(trial, request(2).moved(1, 0), said("2"));

            assertThat(right.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(wrong.outcome()).isEqualTo(Outcome.WRONG_ANSWER);
            assertThat(wrong.error()).isEqualTo("0, not 1");
            assertThat(checks.complaint()).isEmpty();
        }
        assertThat(log).containsExactly("set-up 0", "set-up 1", "tear-down", "tear-down");
    }

    @Test
    void saysWhatItCouldNotCheck() throws Exception {
        try (LateChecks checks = new LateChecks(List.of())) {
            assertThat(checks.check(trial, request(0), said("0"))).isEmpty();
            assertThat(checks.check(trial, request(1), AnswerTexts.CUT)).isEmpty();

            assertThat(checks.complaint())
                    .contains("2 answers are not checked, and counted as right: there is no workload org.acme.Says in"
                            + " this jar; the journal does not hold answers as long as theirs");
        }
    }

    private static RequestRecord request(int index) {
        return ARequest.metronome(0, 50, 10, 10).index(index).record();
    }

    private static AnswerTexts said(String text) {
        return new AnswerTexts(text, "", true);
    }

    /** Wants each answer to be the request's number. */
    private record Says(List<String> log) implements WorkloadBinding<Says> {
        @Override
        public WorkloadDescriptor descriptor() {
            return WorkloadDescriptor.of("Says", "org.acme.Says")
                    .load(new Load.Closed(1))
                    .measurement(Iterations.ofRequests(1, 3))
                    .build();
        }

        @Override
        public Says create(ParamValues values) {
            return this;
        }

        @Override
        public void setup(Says workload, TrialContext trial) {
            log.add("set-up " + trial.fork());
        }

        @Override
        public void tearDown(Says workload, TrialContext trial) {
            log.add("tear-down");
        }

        @Override
        public InferenceRequest request(Says workload, RequestContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean checksAnswers() {
            return true;
        }

        @Override
        public String check(Says workload, Answer answer, RequestContext context) {
            String wanted = Long.toString(context.index());
            return answer.text().equals(wanted) ? "" : answer.text() + ", not " + wanted;
        }
    }
}
