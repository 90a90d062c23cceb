package io.inferometer.simulator.engine;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Counts prompts in the tokens of gpt-oss (o200k), on a thread of its own: it takes about a microsecond a token of prose
 * and three or four of random text, too long for an event loop that has streams to keep in time. The count stands for the
 * tokenizer of a real server, so its time is a part of the ingress delay.
 *
 * <p>Counting, not estimating: time to the first token follows from the prompt's length, and no share of the bytes fits.
 * A token of prose has five bytes, one of the random texts that benchmarks send has seven.
 *
 * <p>What was counted before, as the beginning of a conversation, takes next to nothing. The vocabulary is read when it is first needed.
 */
public final class TokenCounter implements Executor, AutoCloseable {
    /** About 50 MB of ids and of the text that they are of. */
    private static final int REMEMBERED_TOKENS = 4_000_000;

    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "sim-tokens");
        thread.setDaemon(true);
        return thread;
    });

    /** Read when it is first used. */
    private static final class Vocabulary {
        static final Encoding O200K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }

    private final TokenMemo memo =
            new TokenMemo(text -> Vocabulary.O200K.encodeOrdinary(text).toArray(), REMEMBERED_TOKENS);

    /** Reads the vocabulary, and returns when the first prompt will be counted as fast as any other. */
    public void prepare() {
        for (int i = 0; i < 20; i++) {
            List<String> prose = List.of(("Sentence " + i + " is like any other, of some words. ").repeat(100));
            CompletableFuture.supplyAsync(() -> encode(prose), worker).join();
        }
    }

    /** Runs a task on the thread that counts. */
    @Override
    public void execute(Runnable task) {
        worker.execute(task);
    }

    /** The ids of some texts, one after the other; for tasks on the thread that counts. */
    public int[] encode(List<String> texts) {
        return texts.stream()
                .flatMap(text -> memo.encode(text).stream())
                .flatMapToInt(IntStream::of)
                .toArray();
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
