package io.inferometer.corpus.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes sure by a file's first bytes that it is text, in UTF-8 as far as they tell, and passes over a byte order mark. */
public final class TextBytes {
    private static final String UNPACK = "unpack it first";
    private static final String CONVERT = "convert it to JSON lines or CSV";
    private static final String RECODE = "convert it to UTF-8";
    private static final String MARK = "\u00ef\u00bb\u00bf";

    /** What files begin with, byte for byte, and what then is to be said of them. */
    private static final Map<String, String> OTHERS = new LinkedHashMap<>();

    static {
        OTHERS.put("\u001f\u008b", " is compressed (gzip): " + UNPACK);
        OTHERS.put("BZh", " is compressed (bzip2): " + UNPACK);
        OTHERS.put("\u00fd7zXZ", " is compressed (xz): " + UNPACK);
        OTHERS.put("(\u00b5/\u00fd", " is compressed (zstd): " + UNPACK);
        OTHERS.put("PK\u0003\u0004", " is an archive or a spreadsheet (zip): " + UNPACK + ", or save it as CSV");
        OTHERS.put("PAR1", " is a Parquet file: " + CONVERT);
        OTHERS.put("ARROW1", " is an Arrow file: " + CONVERT);
        OTHERS.put("SQLite format 3", " is a database: " + CONVERT);
        OTHERS.put("\u00ff\u00fe", " is UTF-16: " + RECODE);
        OTHERS.put("\u00fe\u00ff", " is UTF-16: " + RECODE);
    }

    private static final int LOOKED_AT = 16;

    private TextBytes() {}

    /**
     * {@return the bytes of a file behind its mark, if it has one}
     *
     * @param name of the file, for messages
     * @param bytes from the file's beginning; the result reads on in it
     * @throws IllegalArgumentException if it is no such text; the message says what it is, and what to do
     * @throws IOException if it can't be read
     */
    public static InputStream of(String name, InputStream bytes) throws IOException {
        InputStream text = new BufferedInputStream(bytes, 1 << 16);
        text.mark(LOOKED_AT);
        String begin = new String(text.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1);
        text.reset();
        OTHERS.forEach((first, what) -> {
            if (begin.startsWith(first)) {
                throw new IllegalArgumentException(name + what);
            }
        });
        if (begin.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    name + " is no text in UTF-8: prompts are read from .jsonl, .json, .csv" + " and .txt files");
        }
        if (begin.startsWith(MARK)) {
            text.skipNBytes(MARK.length());
        }
        return text;
    }
}
