package io.inferometer.corpus.talk.file;

import io.inferometer.corpus.talk.json.Entries;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The formats of conversations and agents that are read, by the names that they go by. */
public enum TalkFormat {
    /** ShareGPT's array of conversations between a human and a model. */
    SHAREGPT("sharegpt") {
        @Override
        TalkReader reader(InputStream bytes, TalkSettings settings) throws IOException {
            return new EntrySessions(Entries.of(bytes, Entries.Layout.ANY), new ShareGpt());
        }
    },
    /** AIPerf's JSON lines of sessions with delays. */
    MULTI_TURN("multi-turn") {
        @Override
        TalkReader reader(InputStream bytes, TalkSettings settings) throws IOException {
            return new EntrySessions(Entries.of(bytes, Entries.Layout.LINES), new MultiTurn());
        }
    },
    /** AIPerf's JSON lines of sessions that start others. */
    DAG("dag") {
        @Override
        TalkReader reader(InputStream bytes, TalkSettings settings) throws IOException {
            return new Dag(Entries.of(bytes, Entries.Layout.LINES));
        }
    },
    /** Recordings of agents by the ids of their prompts' blocks. */
    WEKA("weka") {
        @Override
        TalkReader reader(InputStream bytes, TalkSettings settings) throws IOException {
            return new EntrySessions(Entries.of(bytes, Entries.Layout.ANY), new Weka());
        }
    },
    /** OpenTelemetry's spans of generative AI. */
    OTEL("otel") {
        @Override
        TalkReader reader(InputStream bytes, TalkSettings settings) throws IOException {
            return new Otel(Entries.of(bytes, Entries.Layout.ANY), settings.unitNanos());
        }
    },
    /** SGLang's agentic conversations, what each turn adds. */
    SGLANG("sglang") {
        @Override
        TalkReader reader(InputStream bytes, TalkSettings settings) throws IOException {
            return new EntrySessions(Entries.under(bytes, "conversations", Set.of("metadata")), new Sglang());
        }
    },
    /** MLCommons' agentic JSON lines, a row a message. */
    MLCOMMONS("mlcommons") {
        @Override
        TalkReader reader(InputStream bytes, TalkSettings settings) throws IOException {
            return new Mlcommons(Entries.of(bytes, Entries.Layout.LINES));
        }
    },
    /** The bodies that a run of AIPerf sent. */
    INPUTS_JSON("inputs.json") {
        @Override
        TalkReader reader(InputStream bytes, TalkSettings settings) throws IOException {
            return new EntrySessions(Entries.under(bytes, "data", Set.of()), new InputsJson());
        }
    },
    /** vLLM's description of conversations to be made up. */
    VLLM_MULTI_TURN("vllm-multi-turn") {
        @Override
        TalkReader reader(InputStream bytes, TalkSettings settings) throws IOException {
            return new VllmMultiTurn(Entries.of(bytes, Entries.Layout.ANY), settings.seed());
        }
    };

    private final String label;

    TalkFormat(String label) {
        this.label = label;
    }

    /**
     * The format of a name.
     *
     * @throws IllegalArgumentException if it is none; the message says which there are
     */
    public static TalkFormat of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.label.equals(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        (name.isBlank() ? "no format is given" : "format=" + name + " is none") + "; -p format= takes "
                                + Arrays.stream(values()).map(TalkFormat::label).collect(Collectors.joining(", "))));
    }

    /** Whether the lengths of its answers are those that were, or are wanted, rather than limits of them. */
    public boolean exactLengths() {
        return this != DAG && this != MULTI_TURN;
    }

    /** Its name on the command line. */
    public String label() {
        return label;
    }

    /**
     * What reads a file.
     *
     * @param bytes its text, from the beginning, which can be marked; closed by the caller
     */
    abstract TalkReader reader(InputStream bytes, TalkSettings settings) throws IOException;
}
