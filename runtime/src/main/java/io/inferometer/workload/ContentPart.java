package io.inferometer.workload;

import java.util.Objects;

/** A part of a message's content. */
public sealed interface ContentPart {
    /**
     * Plain text.
     *
     * @param text not null, may be empty
     */
    record Text(String text) implements ContentPart {
        /**
         * Checks what it is given.
         *
         * @param text as of the record
         */
        public Text {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * A call of a tool, in a message of the model's.
     *
     * @param id by which what the tool found is told
     * @param name what is called
     * @param arguments what it is called with, as the model wrote it: JSON, if it wrote it well
     */
    record ToolCall(String id, String name, String arguments) implements ContentPart {
        /**
         * Checks what it is given.
         *
         * @param id as of the record
         * @param name as of the record
         * @param arguments as of the record
         */
        public ToolCall {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(arguments, "arguments");
        }
    }

    /**
     * What a tool found, in a message of the role {@code tool}.
     *
     * @param id that of its call
     * @param text what was found
     */
    record ToolResult(String id, String text) implements ContentPart {
        /**
         * Checks what it is given.
         *
         * @param id as of the record
         * @param text as of the record
         */
        public ToolResult {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * An image by its address, which may be a {@code data:} URL.
     *
     * @param url sent as it is
     */
    record ImageUrl(String url) implements ContentPart {
        /**
         * Checks what it is given.
         *
         * @param url as of the record
         */
        public ImageUrl {
            Objects.requireNonNull(url, "url");
        }
    }

    /**
     * Another field of the message, in the words of chat completions, which goes out as it is; other protocols refuse it.
     *
     * @param name of the field, {@code content} for content that is none of the parts above
     * @param json its value
     */
    record Other(String name, String json) implements ContentPart {
        /**
         * Checks what it is given.
         *
         * @param name as of the record
         * @param json as of the record
         */
        public Other {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(json, "json");
        }
    }
}
