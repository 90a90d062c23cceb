package io.inferometer.benchmarks.data;

import io.inferometer.corpus.trace.BlockPrompts;
import io.inferometer.corpus.trace.HashBlocks;
import io.inferometer.corpus.trace.SeenBlocks;
import io.inferometer.corpus.trace.TracedRequest;
import io.inferometer.corpus.trace.TracedRequest.Asked;
import io.inferometer.workload.ContentPart;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes requests of those of a file, in their order. */
final class Asking {
    private final BlockPrompts prompts;
    private final boolean completion;
    private final SeenBlocks seen = new SeenBlocks();
    private long incomplete;
    private long unknownTokens;

    /**
     * @param prompts makes the texts of prompts that are known by their blocks alone
     * @param completion whether such a text is gone on with, in place of being answered as a chat
     */
    Asking(BlockPrompts prompts, boolean completion) {
        this.prompts = prompts;
        this.completion = completion;
    }

    /**
     * Whether texts are gone on with.
     *
     * @param as {@code chat} or {@code completion}
     */
    static boolean completion(String as) {
        if (!as.equals("chat") && !as.equals("completion")) {
            throw new IllegalArgumentException("as=" + as + " is none; -p as= takes chat, completion");
        }
        return as.equals("completion");
    }

    /** What is sent for a request of the file. */
    InferenceRequest of(TracedRequest traced, long index) {
        InferenceRequest request = asked(traced.asked(), index);
        if (traced.outputTokens().isPresent()) {
            request = request.maxOutputTokens(traced.outputTokens().getAsInt()).ignoreEos(true);
        }
        for (Map.Entry<String, String> field : traced.fields().entrySet()) {
            request = request.field(field.getKey(), field.getValue());
        }
        return traced.at().isPresent() ? request.at(traced.at().get()) : request;
    }

    private InferenceRequest asked(Asked asked, long index) {
        if (asked instanceof Asked.Blocks known) {
            return blocks(known.blocks(), index);
        }
        if (asked instanceof Asked.Text text) {
            List<ContentPart> parts = new ArrayList<>();
            parts.add(new ContentPart.Text(text.text()));
            text.images().forEach(image -> parts.add(new ContentPart.ImageUrl(image)));
            return completion && text.images().isEmpty()
                    ? InferenceRequest.completion(text.text())
                    : InferenceRequest.chat(List.of(new Message("user", parts)));
        }
        if (asked instanceof Asked.Messages messages) {
            return InferenceRequest.raw("{\"messages\":" + messages.json() + "}")
                    .streaming(true);
        }
        return InferenceRequest.asIs(((Asked.Payload) asked).json());
    }

    private InferenceRequest blocks(HashBlocks blocks, long index) {
        String text = prompts.text(blocks, index);
        int shared = seen.shared(blocks);
        if (!blocks.ids().isEmpty() && blocks.unknownTokens() > 0) {
            incomplete++;
            unknownTokens += blocks.unknownTokens();
        }
        InferenceRequest request = (completion ? InferenceRequest.completion(text) : InferenceRequest.chat(text))
                .promptTokens(blocks.tokens());
        return blocks.ids().isEmpty() ? request : request.sharedTokens(shared);
    }

    /** What of prompts had to be made up that the file has ids for elsewhere; empty if nothing. */
    Optional<String> madeUp() {
        return incomplete == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        "%,d of the requests made have too few hash ids: %,d of their prompt tokens are made up, and share"
                                + " nothing",
                        incomplete, unknownTokens));
    }
}
