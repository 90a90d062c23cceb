package io.inferometer.corpus.dataset;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.inferometer.corpus.CorpusPrompt;
import io.inferometer.corpus.CorpusSpec;
import io.inferometer.corpus.Mt19937;
import io.inferometer.corpus.PrefixedPrompts;
import io.inferometer.corpus.Seeds;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The prompts of a file, in memory, handed out one to a request.
 *
 * <p>What a file holds goes by the end of its name:
 *
 * <ul>
 *   <li>{@code .jsonl}, {@code .ndjson}, {@code .json}: JSON objects one after the other, or in one array. An object has
 *       its prompt in {@code prompt}, {@code text}, {@code instruction}, {@code question} or {@code input}; or it is a
 *       conversation in {@code messages} or, as in ShareGPT's files, in {@code conversations}, of which the prompt is what
 *       the user says first: what the system says and what follows is left out. In a line of a batch of requests it is the
 *       {@code body} that has them. {@code output_tokens} and the limits of requests ({@code max_tokens} and its like) say
 *       how long an answer may be; {@code tokens} and {@code prefix_tokens} may stand beside them; other fields are ignored.
 *   <li>{@code .csv}, {@code .tsv}: rows beneath a line of titles, with columns of the same names.
 *   <li>Any other: each line is a prompt, at most 16 MiB long; blank lines are passed over.
 * </ul>
 *
 * <p>Files are UTF-8. One that is compressed, or no text, is refused.
 *
 * <p>Immutable, and safe for use by several threads.
 */
public final class PromptFile {
    private final String name;
    private final List<CorpusPrompt> prompts;
    private final int silent;

    /** @param silent how many entries of the file are no prompt, since nobody asks anything in them */
    private PromptFile(String name, List<CorpusPrompt> prompts, int silent) {
        this.name = name;
        this.prompts = prompts;
        this.silent = silent;
    }

    /**
     * Reads a whole file.
     *
     * @param file JSON lines, text lines or CSV, by the end of its name
     * @return its prompts, in the order of their lines
     * @throws IllegalArgumentException if there is no such file, if a line is no prompt, naming the line and what is
     *     wrong, or if there is none
     * @throws IOException if the file can't be read
     */
    public static PromptFile read(Path file) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IllegalArgumentException(file
                    + (Files.isDirectory(file)
                            ? " is a directory, not a file of prompts"
                            : Files.exists(file) ? " can't be read: permission denied" : ": there is no such file"));
        }
        try (PromptReader reader = open(file)) {
            List<CorpusPrompt> prompts = new ArrayList<>();
            reader.forEachRemaining(prompts::add);
            if (prompts.isEmpty()) {
                throw new IllegalArgumentException(file + " holds no prompts"
                        + (reader.silent() == 0 ? "" : ": in none of its " + reader.silent() + " entries a user asks"));
            }
            return new PromptFile(file.toString(), List.copyOf(prompts), reader.silent());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * {@return the prompts that a description asks for, made up; no file is written}
     *
     * @param spec which prompts, and the seed they are drawn from
     * @throws IllegalArgumentException if there can't be such prompts; the message says why
     */
    public static PromptFile of(CorpusSpec spec) {
        PrefixedPrompts made = PrefixedPrompts.of(spec);
        return new PromptFile(
                spec.fileName(),
                LongStream.range(0, made.count()).mapToObj(made::get).toList(),
                0);
    }

    /**
     * Reads a file prompt by prompt; to be closed. The stream throws what {@link #read} would, an {@link IOException}
     * as an {@link UncheckedIOException}.
     *
     * @param file as {@link #read} takes it
     * @return its prompts, read as they are asked for
     * @throws IOException if the file can't be opened
     */
    public static Stream<CorpusPrompt> stream(Path file) throws IOException {
        PromptReader reader = open(file);
        int characteristics = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(reader, characteristics), false)
                .onClose(() -> close(reader));
    }

    /**
     * Writes prompts as JSON lines: to a file beside it first, which takes its name when all is written.
     *
     * @param file its end says no format: it is JSON lines always
     * @param prompts taken one by one
     * @param force whether a file of that name is replaced
     * @throws FileAlreadyExistsException if there is one and {@code force} is false; no prompt was taken
     */
    public static void write(Path file, Iterator<CorpusPrompt> prompts, boolean force) throws IOException {
        if (!force) {
            refuseExisting(file);
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        // An interrupted run leaves nothing behind either.
        part.toFile().deleteOnExit();
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
                    JsonGenerator json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
                json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
                while (prompts.hasNext()) {
                    write(json, prompts.next());
                }
                json.writeRaw('\n');
            }
            if (!force) {
                refuseExisting(file);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** {@return how many prompts there are} */
    public int size() {
        return prompts.size();
    }

    /** {@return all prompts} */
    public List<CorpusPrompt> prompts() {
        return prompts;
    }

    /**
     * {@return the same prompts in an order that a seed gives: handing them out from the first on is sampling without
     * replacement}
     *
     * @param seed the same one gives the same order
     */
    public PromptFile shuffled(long seed) {
        CorpusPrompt[] shuffled = prompts.toArray(CorpusPrompt[]::new);
        Mt19937 random = new Mt19937(Seeds.bits32(seed));
        for (int last = shuffled.length - 1; last > 0; last--) {
            int other = random.nextInt(0, last);
            CorpusPrompt moved = shuffled[last];
            shuffled[last] = shuffled[other];
            shuffled[other] = moved;
        }
        return new PromptFile(name, List.of(shuffled), silent);
    }

    /**
     * Makes sure, before anything is sent, that there is a prompt for each request.
     *
     * @param requests how many there will be
     * @return this
     * @throws IllegalArgumentException if there are fewer prompts
     */
    public PromptFile require(long requests) {
        if (requests > prompts.size()) {
            throw new IllegalArgumentException(name + " holds " + prompts.size() + " prompts, too few for " + requests
                    + " requests, each of which needs its own: ask for fewer requests, or generate more prompts"
                    + (silent == 0 ? "" : "; in " + silent + " more entries no user asks anything"));
        }
        return this;
    }

    /**
     * {@return the prompt of a request}
     *
     * @param index counted from 0
     * @throws IllegalArgumentException if there are not so many
     */
    public CorpusPrompt get(long index) {
        require(index + 1);
        return prompts.get((int) index);
    }

    static void refuseExisting(Path file) throws FileAlreadyExistsException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(
                    file.toString(), null, "it exists already and is not replaced unless forced");
        }
    }

    private static void write(JsonGenerator json, CorpusPrompt prompt) throws IOException {
        json.writeStartObject();
        json.writeStringField("text", prompt.text());
        write(json, "tokens", prompt.tokens());
        write(json, "prefix_tokens", prompt.prefixTokens());
        write(json, "output_tokens", prompt.outputTokens());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String field, OptionalInt value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(field, value.getAsInt());
        }
    }

    private static PromptReader open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            return PromptReader.of(file.toString(), bytes);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    private static void close(PromptReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
