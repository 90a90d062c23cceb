package io.inferometer.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which turn of which session is to be made, and what was said before.
 *
 * <p>Sessions of the warm-up are numbered apart from measured ones, and must have prompts of their own, as must those of each
 * trial and fork: a prompt that the endpoint has seen before is answered from its prefix cache.
 *
 * @param trial the trial and fork that it belongs to
 * @param warmup whether it belongs to a warm-up iteration
 * @param iteration the iteration within the warm-up or the measurement, from 0
 * @param session counts the sessions of all warm-up, or of all measured, iterations of the trial, from 0
 * @param branch which of the session's children this is, as {@code 2.0} for the first that began behind two turns of it;
 *     empty for the session itself
 * @param index the turn that is to be made, from 0
 * @param history the messages so far: those of the last request, and the endpoint's own answer to it, its calls of tools as
 *     calls; empty at first. A request that holds no conversation leaves it as it was
 * @param answer the answer before; empty at first, and where the turn before failed
 * @param joined the last answers of the children that have been waited for since the turn before, in the order in which
 *     they were spawned; one that ended without an answer has none
 */
public record TurnContext(
        TrialContext trial,
        boolean warmup,
        int iteration,
        long session,
        String branch,
        int index,
        List<Message> history,
        Optional<Answer> answer,
        List<Answer> joined) {
    /**
     * Copies what it is given, and checks it.
     *
     * @param trial as of the record
     * @param warmup as of the record
     * @param iteration as of the record
     * @param session as of the record
     * @param branch as of the record
     * @param index as of the record
     * @param history copied
     * @param answer as of the record
     * @param joined copied
     */
    public TurnContext {
        Objects.requireNonNull(trial, "trial");
        Objects.requireNonNull(branch, "branch");
        history = List.copyOf(history);
        Objects.requireNonNull(answer, "answer");
        joined = List.copyOf(joined);
    }

    /**
     * {@return the first turn of a measured session: what a test of a workload calls its method with}
     *
     * @param trial that it belongs to
     * @param session counted from 0
     */
    public static TurnContext first(TrialContext trial, long session) {
        return new TurnContext(trial, false, 0, session, "", 0, List.of(), Optional.empty(), List.of());
    }

    /**
     * {@return the turn after this one, when a request of it was answered with a message: what a test of a workload
     * goes on with}
     *
     * @param request that was sent, whose conversation becomes the history
     * @param message of the endpoint
     * @param told the same answer, with its tokens
     */
    public TurnContext answered(InferenceRequest request, Message message, Answer told) {
        List<Message> all = new ArrayList<>(request.conversation().orElse(history));
        request.conversation().ifPresent(asked -> all.add(message));
        return new TurnContext(trial, warmup, iteration, session, branch, index + 1, all, Optional.of(told), List.of());
    }

    /**
     * {@return the history and one more message of the user's, streamed}
     *
     * @param text what the user says
     */
    public InferenceRequest say(String text) {
        return say(Message.of("user", text));
    }

    /**
     * {@return the history and more messages, what a tool found for one, streamed}
     *
     * @param more in their order
     */
    public InferenceRequest say(Message... more) {
        List<Message> all = new ArrayList<>(history);
        all.addAll(List.of(more));
        return InferenceRequest.chat(all);
    }

    /** {@return the tools that the answer before called, in their order; none at first} */
    public List<ContentPart.ToolCall> toolCalls() {
        return answer.map(Answer::toolCalls).orElse(List.of());
    }

    /**
     * {@return the history and what a tool found that the answer before called, streamed}
     *
     * @param callId of the call that it answers
     * @param text what was found
     */
    public InferenceRequest result(String callId, String text) {
        return say(Message.toolResult(callId, text));
    }

    /**
     * {@return the history and what each tool found that the answer before called, streamed: endpoints want the results
     * of all calls before they go on}
     *
     * @param tool finds it
     * @throws IllegalStateException if the answer before called none
     */
    public InferenceRequest results(Function<ContentPart.ToolCall, String> tool) {
        if (toolCalls().isEmpty()) {
            throw new IllegalStateException("at turn " + index + " of session " + session
                    + " there are results of tools, but the answer before called none; look at toolCalls() first");
        }
        return say(toolCalls().stream()
                .map(call -> Message.toolResult(call.id(), tool.apply(call)))
                .toArray(Message[]::new));
    }

    /**
     * {@return numbers that no other session of the run has, for a prompt of its own: {@code 1-0-17} is the session 17
     * of trial 1 in fork 0, {@code w1-0-17} that of the warm-up, {@code 1-0-17-2.0} a child of it} Where all trials and
     * forks are to send the same prompts, it is that of the first ones.
     */
    public String id() {
        String number = new RequestContext(trial, warmup, iteration, session).id();
        return branch.isEmpty() ? number : number + '-' + branch;
    }
}
