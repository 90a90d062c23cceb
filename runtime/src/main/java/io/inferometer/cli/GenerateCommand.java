package io.inferometer.cli;

import io.inferometer.cli.options.HelpOptions;
import io.inferometer.corpus.CorpusSpec;
import io.inferometer.corpus.dataset.Corpus;
import io.inferometer.corpus.tokenizer.TokenizerProvider;
import io.inferometer.harness.process.ExitCode;
import io.inferometer.plan.UsageException;
import io.inferometer.secret.Secrets;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a corpus of prompts. */
@Command(
        name = "generate",
        sortOptions = false,
        customSynopsis = "java -jar JAR generate [OPTION...]",
        header = {
            "Writes a corpus of prompts of one length that share the beginning of their text: a JSON object on",
            "each line, with the prompt in text, and in tokens and prefix_tokens what the tokenizer counted.",
            ""
        },
        footer = {
            "",
            "The file:",
            "  Its name says what is in it, such as",
            "  requests_count-200_tokens-512_prefix-0p30_tokenizer-gpt-3.5-turbo.jsonl. The same options give",
            "  the same bytes, on every machine. A file that exists ends the command before anything is done.",
            "",
            "Examples:",
            "  java -jar JAR generate --count 200 --approx-input-tokens 512 --prefix-overlap 0.3",
            "  REQUESTS_FILE=outputs/FILE.jsonl java -jar JAR Batch --host http://localhost:8000",
            "",
            "Keys:",
            "  Only a tokenizer that is fetched from the Hugging Face hub may need one. It is read from",
            "  HUGGINGFACE_TOKEN, else from HUGGING_FACE_HUB_TOKEN, and shown and written nowhere."
        })
final class GenerateCommand implements Subcommand {
    private static final List<String> TOKEN_VARIABLES = List.of("HUGGINGFACE_TOKEN", "HUGGING_FACE_HUB_TOKEN");

    @Option(names = "--count", paramLabel = "N", description = "How many prompts. Default: 100.")
    private String count = Long.toString(CorpusSpec.DEFAULT.count());

    @Option(names = "--output", paramLabel = "DIR", description = "Where the file goes. Default: outputs.")
    private String output = "outputs";

    @Option(
            names = "--prefix-overlap",
            paramLabel = "SHARE",
            description =
                    "The share of a prompt's tokens, from its first, that all prompts have in common: 0 to 1. At 1"
                            + " they share all but the few that tell them apart. Default: 0.")
    private String overlap = "0";

    @Option(
            names = "--approx-input-tokens",
            paramLabel = "N",
            description = "The length of each prompt, in tokens. Default: 128.")
    private String tokens = Integer.toString(CorpusSpec.DEFAULT.tokens());

    @Option(
            names = "--input-tokens",
            paramLabel = "LAW",
            description = "The law of the prompts' lengths, in place of one length: uniform:100..1000, normal:512,128,"
                    + " lognormal:512,0.8,16..8192, zipf:1.2,4096, vllm:1024,0.5 or bench-serving-2025:1024,0.5.")
    private String input = "";

    @Option(
            names = "--output-tokens",
            paramLabel = "LAW",
            description = "The law of the lengths of the answers that prompts ask for, in output_tokens. Default: they"
                    + " ask for none.")
    private String answers = "";

    @Option(
            names = "--tokenizer-model",
            paramLabel = "NAME",
            description =
                    "What counts the tokens: gpt2 (the default), gpt-3.5-turbo, gpt-4, gpt-4o or gpt-oss; in a jar"
                            + " built with -Phuggingface also a tokenizer.json, its directory, or a name on the hub.")
    private String tokenizer = CorpusSpec.DEFAULT.tokenizer();

    @Option(
            names = "--token-tolerance",
            paramLabel = "N",
            description = "How many tokens a prompt may be longer or shorter. Default: 5 %% of its length, but at least"
                    + " 5.")
    private String tolerance = "";

    @Option(
            names = "--huggingface-token",
            paramLabel = "TOKEN",
            description =
                    "The key for the hub. Everybody on this machine can see it here: set HUGGINGFACE_TOKEN instead.")
    private String hubToken = "";

    @Option(names = "--seed", paramLabel = "N", description = "The seed of everything that is drawn. Default: 0.")
    private String seed = Long.toString(CorpusSpec.DEFAULT.seed());

    @Option(
            names = "--prefix-text",
            paramLabel = "FILE",
            description = "A text of your own, whose beginning the prompts share.")
    private String prefixText = "";

    @Option(names = "--force", description = "Replace a file that exists.")
    private boolean force;

    @Mixin
    private HelpOptions help;

    @Override
    public String summary() {
        return "write a corpus of prompts";
    }

    @Override
    public ExitCode run(CommandContext context) throws IOException {
        handOverHubToken(context);
        Path directory = path("--output", output);
        CorpusProgress progress = new CorpusProgress(context);
        try {
            CorpusSpec spec = spec();
            progress.start(spec);
            progress.end(Corpus.generate(spec, directory, force, progress::made));
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        } catch (FileAlreadyExistsException e) {
            throw new UsageException(
                    Files.isRegularFile(directory)
                            ? "--output " + output + " is a file; name a directory"
                            : e.getFile() + " exists; --force replaces it");
        } catch (AccessDeniedException e) {
            throw new UsageException("can't write " + e.getFile() + ": permission denied; give another --output");
        } finally {
            progress.wipe();
        }
    }

    private CorpusSpec spec() {
        CorpusSpec spec = CorpusSpec.DEFAULT
                .count(whole("--count", count))
                .tokens(small("--approx-input-tokens", tokens))
                .overlap(share("--prefix-overlap", overlap))
                .tokenizer(tokenizer)
                .input(input)
                .output(answers)
                .seed(whole("--seed", seed));
        if (!tolerance.isEmpty()) {
            spec = spec.tolerance(small("--token-tolerance", tolerance));
        }
        return prefixText.isEmpty() ? spec : spec.prefixText(text("--prefix-text", prefixText));
    }

    /** The token takes the way of a property, for the provider alone; no text tells it. */
    private void handOverHubToken(CommandContext context) {
        if (!hubToken.isEmpty()) {
            context.tell("warning: everybody on this machine can see --huggingface-token; set " + TOKEN_VARIABLES.get(0)
                    + " instead");
        }
        String token = hubToken;
        for (String variable : TOKEN_VARIABLES) {
            String value = context.environment().apply(variable);
            if (token.isBlank() && value != null) {
                token = value;
            }
        }
        if (!token.isBlank()) {
            context.keep(Secrets.of(token.strip()));
            System.setProperty(TokenizerProvider.HUB_TOKEN, token.strip());
        }
    }

    private static long whole(String option, String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new UsageException(option + " " + text + " is not a whole number");
        }
    }

    private static int small(String option, String text) {
        long number = whole(option, text);
        if (number != (int) number) {
            throw new UsageException(option + " " + text + " is too " + (number < 0 ? "small" : "large"));
        }
        return (int) number;
    }

    private static double share(String option, String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new UsageException(option + " " + text + " is not a share from 0 to 1, such as 0.3");
        }
    }

    private static Path path(String option, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException(
                    option + " " + text.replace('\0', '?') + " can't be the name of a file: " + e.getReason());
        }
    }

    private static String text(String option, String file) {
        try {
            String text = Files.readString(path(option, file)).strip();
            if (text.isEmpty()) {
                throw new UsageException(option + " " + file + " is empty");
            }
            return text;
        } catch (NoSuchFileException e) {
            throw new UsageException(option + " " + file + ": there is no such file");
        } catch (CharacterCodingException e) {
            throw new UsageException(option + " " + file + " is not UTF-8 text");
        } catch (AccessDeniedException e) {
            throw new UsageException(option + " " + file + ": permission denied");
        } catch (IOException e) {
            throw new UsageException(option + " " + file + " can't be read: " + e.getMessage());
        }
    }
}
