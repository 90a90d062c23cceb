package io.inferometer.workload;

import java.util.Objects;

/** A part of a message's content. */
public sealed interface ContentPart {
    /** Plain text. */
    record Text(String text) implements ContentPart {
        public Text {
            Objects.requireNonNull(text, "text");
        }
    }

    /** An image by its address, which may be a {@code data:} URL. */
    record ImageUrl(String url) implements ContentPart {
        public ImageUrl {
            Objects.requireNonNull(url, "url");
        }
    }
}
