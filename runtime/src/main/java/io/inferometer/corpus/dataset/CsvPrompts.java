package io.inferometer.corpus.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.inferometer.corpus.CorpusPrompt;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads prompts off the rows of a table beneath a line of titles. Fields are parted by commas, or by semicolons or tabs where
 * the titles have more of these.
 */
final class CsvPrompts extends PromptReader {
    private static final int TITLES_AT_MOST = 1 << 16;

    private final CsvReader<CsvRecord> csv;
    private final Iterator<CsvRecord> rows;
    private final int prompt;
    private final int outputTokens;
    private long line = 1;

    /**
     * @param bytes which can be marked
     * @param name of the file, for messages
     * @throws IllegalArgumentException if none of its columns is known to be one of prompts
     */
    CsvPrompts(InputStream bytes, String name) throws IOException {
        super(name);
        csv = CsvReader.builder()
                .fieldSeparator(separator(bytes))
                .ofCsvRecord(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
        rows = csv.iterator();
        List<String> titles = row().map(CsvRecord::getFields).orElse(List.of()).stream()
                .map(title -> title.strip().toLowerCase(Locale.ROOT))
                .toList();
        prompt = column(titles, PromptEntry.PROMPT);
        outputTokens = column(titles, PromptEntry.OUTPUT_TOKENS);
        if (prompt < 0 && !titles.isEmpty()) {
            throw bad(": none of its columns is named " + String.join(", ", PromptEntry.PROMPT)
                    + ": give one that title in the first line, or give the prompts in a .jsonl file, or one a line in a"
                    + " .txt file");
        }
    }

    @Override
    Optional<CorpusPrompt> read() throws IOException {
        return row().map(row -> {
            String text = field(row, prompt);
            if (text.isBlank()) {
                throw bad(line, "its prompt is empty");
            }
            return new CorpusPrompt(text, OptionalInt.empty(), OptionalInt.empty(), length(field(row, outputTokens)));
        });
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    private static char separator(InputStream bytes) throws IOException {
        bytes.mark(TITLES_AT_MOST);
        String begin = new String(bytes.readNBytes(TITLES_AT_MOST), StandardCharsets.UTF_8);
        bytes.reset();
        String titles = begin.lines().findFirst().orElse("");
        char most = ',';
        for (char separator : new char[] {';', '\t'}) {
            if (count(titles, separator) > count(titles, most)) {
                most = separator;
            }
        }
        return most;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private static int column(List<String> titles, List<String> names) {
        return names.stream()
                .map(titles::indexOf)
                .filter(i -> i >= 0)
                .findFirst()
                .orElse(-1);
    }

    private Optional<CsvRecord> row() throws IOException {
        try {
            if (!rows.hasNext()) {
                return Optional.empty();
            }
            CsvRecord row = rows.next();
            line = row.getStartingLineNumber();
            return Optional.of(row);
        } catch (CsvParseException e) {
            throw bad(line, "it can't be read as CSV: " + e.getMessage());
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw bad(": it is not UTF-8");
            }
            throw e.getCause();
        }
    }

    private static String field(CsvRecord row, int column) {
        return column < 0 || column >= row.getFieldCount() ? "" : row.getField(column);
    }

    private OptionalInt length(String tokens) {
        if (tokens.isBlank()) {
            return OptionalInt.empty();
        }
        if (!tokens.strip().matches("[1-9][0-9]{0,8}")) {
            throw bad(line, "its number of output tokens is " + tokens.strip() + ", not a whole number from 1");
        }
        return OptionalInt.of(Integer.parseInt(tokens.strip()));
    }
}
