package io.inferometer.report.journal;

import io.inferometer.record.AnswerTexts;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.header.TrialHeader;
import java.util.Optional;

/** Checks an answer again whose check had not come to an end when its journal was cut off. */
@FunctionalInterface
public interface LateCheck {
    /**
     * The record as it is by its check; empty where that can't be made again.
     *
     * @param trial the trial of the request
     * @param answer what it said
     */
    Optional<RequestRecord> check(TrialHeader trial, RequestRecord request, AnswerTexts answer);
}
