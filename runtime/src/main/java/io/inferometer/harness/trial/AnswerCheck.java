package io.inferometer.harness.trial;

import io.inferometer.record.AnswerTexts;
import io.inferometer.record.Recorder;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.Usage;
import io.inferometer.workload.Answer;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.WorkloadBinding;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Has a workload check its answers.
 *
 * @param thrown told whatever the check throws, which makes the answer wrong
 */
record AnswerCheck<W>(WorkloadBinding<W> binding, W workload, TrialContext trial, Consumer<Throwable> thrown)
        implements Recorder.Judge {
    @Override
    public String wrong(RequestRecord request, AnswerTexts texts) {
        Answer answer = new Answer(
                texts.visible(),
                texts.reasoning(),
                count(request.usage().promptTokens()),
                count(request.usage().completionTokens()));
        try {
            String problem = binding.check(workload, answer, context(request));
            return problem == null ? "" : Thrown.oneLine(problem);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            thrown.accept(e);
            return Thrown.line(binding, e);
        }
    }

    private RequestContext context(RequestRecord request) {
        boolean inSession = request.place().inSession();
        return new RequestContext(
                trial,
                request.warmup(),
                request.iteration(),
                request.index(),
                inSession ? OptionalLong.of(request.place().session()) : OptionalLong.empty(),
                inSession ? OptionalInt.of(request.place().turn()) : OptionalInt.empty());
    }

    private static OptionalInt count(int tokens) {
        return tokens == Usage.ABSENT ? OptionalInt.empty() : OptionalInt.of(tokens);
    }
}
