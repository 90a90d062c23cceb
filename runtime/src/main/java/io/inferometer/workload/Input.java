package io.inferometer.workload;

import java.util.List;
import java.util.Objects;

/** What a request gives the model. Which protocols can carry it, each variant says. */
public sealed interface Input {
    /**
     * A chat so far: chat completions, responses and messages.
     *
     * @param messages at least one message
     */
    record Conversation(List<Message> messages) implements Input {
        /**
         * Copies what it is given, and checks it.
         *
         * @param messages copied
         */
        public Conversation {
            messages = List.copyOf(messages);
            require(!messages.isEmpty(), "a request needs at least one message");
        }
    }

    /**
     * A text that is gone on with, to which no chat template is applied: completions.
     *
     * @param text not null, may be empty
     */
    record Prompt(String text) implements Input {
        /**
         * Checks what it is given.
         *
         * @param text as of the record
         */
        public Prompt {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * The same, as ids of the model's own tokenizer: completions.
     *
     * @param ids at least one
     */
    record TokenIds(List<Integer> ids) implements Input {
        /**
         * Copies what it is given, and checks it.
         *
         * @param ids copied
         */
        public TokenIds {
            ids = List.copyOf(ids);
            require(!ids.isEmpty(), "a prompt needs at least one token id");
        }
    }

    /**
     * Texts of which each gets a vector: embeddings.
     *
     * @param texts the batch, at least one
     */
    record Texts(List<String> texts) implements Input {
        /**
         * Copies what it is given, and checks it.
         *
         * @param texts copied
         */
        public Texts {
            texts = List.copyOf(texts);
            require(!texts.isEmpty(), "an embedding needs at least one text");
        }
    }

    /**
     * Documents that are put in the order in which they answer a query: rerank.
     *
     * @param query what is asked
     * @param documents the batch, at least one
     */
    record Ranking(String query, List<String> documents) implements Input {
        /**
         * Copies what it is given, and checks it.
         *
         * @param query as of the record
         * @param documents copied
         */
        public Ranking {
            Objects.requireNonNull(query, "query");
            documents = List.copyOf(documents);
            require(!documents.isEmpty(), "a ranking needs at least one document");
        }
    }

    /**
     * A body of one's own, a JSON object in the words of the protocol that it is sent in, whichever that is.
     *
     * @param json the text of the object; read when the request is made
     * @param asIs whether the run's model is put over its own only where the command line asks for a model
     */
    record Raw(String json, boolean asIs) implements Input {
        /**
         * Checks what it is given.
         *
         * @param json as of the record
         * @param asIs as of the record
         */
        public Raw {
            Objects.requireNonNull(json, "json");
        }

        /**
         * Makes one that is asked of the run's model.
         *
         * @param json a JSON object
         */
        public Raw(String json) {
            this(json, false);
        }
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
