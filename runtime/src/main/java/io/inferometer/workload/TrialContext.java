package io.inferometer.workload;

import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What a workload may know of the trial it belongs to.
 *
 * @param trial its number in the run, from 0
 * @param fork which of the trial's forks this is, from 0
 * @param model the model that is asked for
 * @param tokenizer the name of the tokenizer of that model; empty where it is not known
 * @param load when requests are sent
 * @param seed the seed of what all trials and forks have alike, as the lengths of prompts and answers
 * @param samePrompts whether all trials and forks are to send the same prompts
 * @param warmupIterations how many warm-up iterations it has
 * @param iterations how many measured iterations it has, at least 1; where there may be more, the least
 * @param moreIterations whether iterations follow until figures are precise enough, so that nobody knows how many there are
 * @param requestsPerIteration how many requests each measured iteration has; empty where its extent is a time, or is left
 *     to the workload
 * @param files how files of requests are read
 * @param notes takes what {@link #note} tells
 */
public record TrialContext(
        int trial,
        int fork,
        String model,
        String tokenizer,
        Load load,
        long seed,
        boolean samePrompts,
        int warmupIterations,
        int iterations,
        boolean moreIterations,
        OptionalLong requestsPerIteration,
        FileReading files,
        Consumer<String> notes) {
    /** Odd, so that no two trials or forks get the same seed, not even in the low bits that some generators take. */
    private static final long APART = 0x9e3779b97f4a7c15L;

    /** Takes notes that nobody is told. */
    public static final Consumer<String> UNTOLD = note -> {};

    /**
     * Makes one of as many iterations as {@code iterations} says, with files read as their formats say, and notes that
     * nobody is told.
     *
     * @param trial as of the record
     * @param fork as of the record
     * @param model as of the record
     * @param tokenizer as of the record
     * @param load as of the record
     * @param seed as of the record
     * @param samePrompts as of the record
     * @param warmupIterations as of the record
     * @param iterations as of the record
     * @param requestsPerIteration as of the record
     */
    public TrialContext(
            int trial,
            int fork,
            String model,
            String tokenizer,
            Load load,
            long seed,
            boolean samePrompts,
            int warmupIterations,
            int iterations,
            OptionalLong requestsPerIteration) {
        this(
                trial,
                fork,
                model,
                tokenizer,
                load,
                seed,
                samePrompts,
                warmupIterations,
                iterations,
                false,
                requestsPerIteration,
                FileReading.STRICT,
                UNTOLD);
    }

    /**
     * Checks what it is given.
     *
     * @param trial as of the record
     * @param fork as of the record
     * @param model as of the record
     * @param tokenizer as of the record
     * @param load as of the record
     * @param seed as of the record
     * @param samePrompts as of the record
     * @param warmupIterations as of the record
     * @param iterations as of the record
     * @param moreIterations as of the record
     * @param requestsPerIteration as of the record
     * @param files as of the record
     * @param notes as of the record
     */
    public TrialContext {
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(notes, "notes");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(tokenizer, "tokenizer");
        Objects.requireNonNull(load, "load");
        Objects.requireNonNull(requestsPerIteration, "requestsPerIteration");
    }

    /**
     * {@return the first trial of a run, of one iteration of so many requests by one slot, with the seed 0 and no
     * warm-up: what a test of a workload calls its methods with}
     *
     * @param model the model that is asked for
     * @param requests at least 1
     */
    public static TrialContext first(String model, long requests) {
        return new TrialContext(0, 0, model, "", new Load.Closed(1), 0, false, 0, 1, OptionalLong.of(requests));
    }

    /**
     * Tells the reader of the results what he should know of how the requests came about, in a line; the same line is
     * told once.
     *
     * @param line without a line break
     */
    public void note(String line) {
        notes.accept(line);
    }

    /**
     * {@return the same, with notes taken by another}
     *
     * @param taker called with each note, by the thread that takes it
     */
    public TrialContext noting(Consumer<String> taker) {
        return new TrialContext(
                trial,
                fork,
                model,
                tokenizer,
                load,
                seed,
                samePrompts,
                warmupIterations,
                iterations,
                moreIterations,
                requestsPerIteration,
                files,
                taker);
    }

    /**
     * {@return how many measured requests the trial has, in all its iterations: what {@link RequestContext#index} of
     * measured requests goes through, from 0 on} Empty where that is not known beforehand.
     */
    public OptionalLong requests() {
        return requestsPerIteration.isEmpty() || moreIterations
                ? OptionalLong.empty()
                : OptionalLong.of(requestsPerIteration.getAsLong() * iterations);
    }

    /**
     * {@return the seed of the texts of prompts, which each trial and each fork has to itself: a prompt that was sent
     * before is answered from the endpoint's prefix cache} In the first fork of the first trial, and everywhere where
     * the prompts are to be the same, it is the seed itself.
     */
    public long textSeed() {
        return seed + APART * ((long) promptTrial() << 20 | promptFork());
    }

    /** The trial whose prompts are sent. */
    int promptTrial() {
        return samePrompts ? 0 : trial;
    }

    /** The fork whose prompts are sent. */
    int promptFork() {
        return samePrompts ? 0 : fork;
    }
}
