package io.inferometer.report;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.record.RequestRecord;
import io.inferometer.report.header.RunHeader;
import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.search.SearchAsked;
import io.inferometer.report.search.SearchReport;
import io.inferometer.stats.RequestMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * One form in which a run is shown. It is told what happens, in this order, by one thread at a time, never by one that
 * reads responses; what it does not override it does not show.
 *
 * <p>Trials that are judged beside each other take turns: a fork of the one, then of the other; each starts once.
 *
 * <pre>
 * runStarted, preFlight*, then for each trial trialStarted, then for each fork forkStarted, then for each iteration
 *   iterationStarted, (checkThrew? requestEnded | progress | iterationResumed)*, iterationEnded
 * and at the end runEnded, if the run came so far, then written for each result file, and close; note and problem at any time.
 * </pre>
 */
public interface Report extends AutoCloseable {
    /**
     * The run begins; nothing has been sent.
     *
     * @param header what is known of it beforehand
     * @throws IOException if it can't be passed on
     */
    default void runStarted(RunHeader header) throws IOException {}

    /**
     * The run is a search, whose trials come by and by: each is told by {@link #planned} before it begins, but for the first.
     *
     * @param asked what is searched
     * @throws IOException if it can't be passed on
     */
    default void searching(SearchAsked asked) throws IOException {}

    /**
     * The run has one more trial than was known.
     *
     * @param header the whole run's, with that trial
     * @throws IOException if it can't be passed on
     */
    default void planned(RunHeader header) throws IOException {}

    /**
     * A load of a search is decided: what is known so far.
     *
     * @param known all loads so far
     * @throws IOException if it can't be passed on
     */
    default void probed(SearchReport known) throws IOException {}

    /**
     * A page at this address shows the run while it goes on.
     *
     * @param address a URL on this machine
     * @throws IOException if it can't be passed on
     */
    default void live(String address) throws IOException {}

    /**
     * What the pre-flight found, on one line; it is not kept, for what it means for the figures is found in them.
     *
     * @param line without a line break at its end
     * @throws IOException if it can't be passed on
     */
    default void preFlight(String line) throws IOException {}

    /**
     * What a reader should know of how requests were made, on one line, once; it is in the result too.
     *
     * @param line without a line break at its end
     * @throws IOException if it can't be passed on
     */
    default void note(String line) throws IOException {}

    /**
     * A check of an answer threw something, which is in the record that comes next: its stack trace, in lines.
     *
     * @param trace makes it when it is wanted
     * @throws IOException if it can't be passed on
     */
    default void checkThrew(Supplier<String> trace) throws IOException {}

    /**
     * A trial begins.
     *
     * @param trial what is known of it beforehand
     * @throws IOException if it can't be passed on
     */
    default void trialStarted(TrialHeader trial) throws IOException {}

    /**
     * A fork of the trial begins; also of a trial that has but one.
     *
     * @param trial which one
     * @param fork which one, from 0
     * @throws IOException if it can't be passed on
     */
    default void forkStarted(TrialHeader trial, int fork) throws IOException {}

    /**
     * An iteration begins, with nothing in flight.
     *
     * @param trial which one
     * @param warmup whether it is of the warm-up
     * @param iteration its number within the warm-up or the measurement, from 0
     * @throws IOException if it can't be passed on
     */
    default void iterationStarted(TrialHeader trial, boolean warmup, int iteration) throws IOException {}

    /**
     * The iteration that was begun is gone on with, after the run was interrupted in it: no time passed between.
     *
     * @param trial which one
     * @param warmup whether it is of the warm-up
     * @param iteration its number within the warm-up or the measurement, from 0
     * @throws IOException if it can't be passed on
     */
    default void iterationResumed(TrialHeader trial, boolean warmup, int iteration) throws IOException {}

    /**
     * A request ended, of a warm-up iteration too.
     *
     * @param record a request that has ended
     * @param metrics its latencies
     * @throws IOException if it can't be passed on
     */
    default void requestEnded(RequestRecord record, RequestMetrics metrics) throws IOException {}

    /**
     * Some time has passed; called a few times a second while an iteration runs.
     *
     * @param done how many of the iteration's requests have ended
     * @param total how many it has; empty where its extent is a time
     * @param elapsed since it began
     * @throws IOException if it can't be passed on
     */
    default void progress(long done, OptionalLong total, Duration elapsed) throws IOException {}

    /**
     * So many requests are in flight; called before {@link #progress} where that is known, which it is not of a fork.
     *
     * @param requests 0 or more
     * @throws IOException if it can't be passed on
     */
    default void inFlight(int requests) throws IOException {}

    /**
     * An iteration ended; all its records have been told.
     *
     * @param iteration what was measured of it
     * @throws IOException if it can't be passed on
     */
    default void iterationEnded(IterationReport iteration) throws IOException {}

    /**
     * The run ended, whole or not.
     *
     * @param report what it came to
     * @throws IOException if it can't be passed on
     */
    default void runEnded(RunReport report) throws IOException {}

    /**
     * A result file has been written.
     *
     * @param format which one
     * @param file where it is
     * @throws IOException if it can't be passed on
     */
    default void written(ResultFormat format, Path file) throws IOException {}

    /**
     * A result file can't be written, on one line; the run goes on without it.
     *
     * @param line which file, and why
     * @throws IOException if it can't be passed on
     */
    default void problem(String line) throws IOException {}

    /** Lets go of what is held; the run may have ended by an error. */
    @Override
    default void close() throws IOException {}
}
