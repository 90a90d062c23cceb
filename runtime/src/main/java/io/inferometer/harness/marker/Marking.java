package io.inferometer.harness.marker;

import io.inferometer.corpus.MarkerWords;
import io.inferometer.corpus.tokenizer.Tokenizer;
import io.inferometer.corpus.tokenizer.Tokenizers;
import io.inferometer.plan.CacheMarker;
import io.inferometer.plan.Trial;
import io.inferometer.workload.ContentPart;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Input;
import io.inferometer.workload.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Marks the first tokens of a trial's prompts. A prompt whose length is known keeps it, for the marker takes the place of its
 * first tokens; where it can't, and in bodies that are sent as they are, there is none. May be used by any thread.
 */
public final class Marking implements UnaryOperator<InferenceRequest> {
    private final MarkerWords words;
    private final boolean all;

    private Marking(MarkerWords words, boolean all) {
        this.words = words;
        this.all = all;
    }

    /** What is done to the requests of a trial. */
    public static UnaryOperator<InferenceRequest> of(Trial trial) {
        CacheMarker marker = trial.drawing().marker();
        if (!marker.on()) {
            return UnaryOperator.identity();
        }
        Optional<Tokenizer> tokenizer = trial.figures().tokenizer().isEmpty()
                ? Tokenizers.builtIn(trial.everyRequest().model())
                : Tokenizers.find(trial.figures().tokenizer());
        long own = marker.scope() == CacheMarker.Scope.TRIAL ? trial.index() * 1_000L + trial.fork() + 1 : 0;
        return new Marking(new MarkerWords(tokenizer, marker.seed() * 31 + own), marker.all());
    }

    @Override
    public InferenceRequest apply(InferenceRequest request) {
        boolean exact = request.promptTokens().isPresent();
        if (!all && !exact) {
            return request;
        }
        Function<String, Optional<String>> marked = exact ? words::replacing : text -> Optional.of(words.before(text));
        return marked(request.input(), marked).map(request::input).orElse(request);
    }

    private static Optional<Input> marked(Input input, Function<String, Optional<String>> marked) {
        if (input instanceof Input.Prompt prompt) {
            return marked.apply(prompt.text()).map(Input.Prompt::new);
        }
        if (input instanceof Input.Conversation conversation
                && conversation.messages().get(0).parts().get(0) instanceof ContentPart.Text first) {
            return marked.apply(first.text()).map(text -> beginning(conversation, text));
        }
        return Optional.empty();
    }

    private static Input beginning(Input.Conversation conversation, String text) {
        List<Message> messages = new ArrayList<>(conversation.messages());
        Message first = messages.get(0);
        List<ContentPart> parts = new ArrayList<>(first.parts());
        parts.set(0, new ContentPart.Text(text));
        messages.set(0, new Message(first.role(), parts));
        return new Input.Conversation(messages);
    }
}
