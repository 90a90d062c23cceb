package io.inferometer.corpus.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the rows of a file of comma-separated values beneath a line of titles, as they are asked for. For one thread. */
public final class TableRows implements Closeable {
    private final String name;
    private final CsvReader<CsvRecord> csv;
    private final Iterator<CsvRecord> rows;
    private final List<String> titles;
    private long line;

    /**
     * A row.
     *
     * @param file the name of its file, for messages
     * @param line where it begins, from 1
     * @param fields its fields by title, without the spaces around them
     */
    public record Row(String file, long line, Map<String, String> fields) {
        /**
         * {@return what is wrong with it, at its place in the file}
         *
         * @param reason the rest of a sentence behind a colon
         */
        public BadLine bad(String reason) {
            return new BadLine(file, line, reason);
        }
    }

    /**
     * Opens a file and reads its titles.
     *
     * @param file CSV in UTF-8, titles in its first row
     * @throws IllegalArgumentException if there is no such file, or if it is no text
     * @throws IOException if it can't be read
     */
    public TableRows(Path file) throws IOException {
        name = file.toString();
        csv = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(new InputStreamReader(JsonLines.open(file), StandardCharsets.UTF_8.newDecoder()));
        rows = csv.iterator();
        titles = read().map(CsvRecord::getFields).orElse(List.of()).stream()
                .map(String::strip)
                .toList();
    }

    /** {@return the titles, as they are written} */
    public List<String> titles() {
        return titles;
    }

    /**
     * {@return the next row; empty at the end of the file}
     *
     * @throws BadLine if it has not as many fields as there are titles
     * @throws IOException if it can't be read
     */
    public Optional<Row> next() throws IOException {
        return read().map(record -> {
            if (record.getFieldCount() != titles.size()) {
                throw new BadLine(
                        name, line, "it has " + record.getFieldCount() + " fields under " + titles.size() + " titles");
            }
            Map<String, String> fields = new LinkedHashMap<>();
            for (int i = 0; i < titles.size(); i++) {
                fields.put(titles.get(i), record.getField(i).strip());
            }
            return new Row(name, line, fields);
        });
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    private Optional<CsvRecord> read() throws IOException {
        try {
            if (!rows.hasNext()) {
                return Optional.empty();
            }
            CsvRecord row = rows.next();
            line = row.getStartingLineNumber();
            return Optional.of(row);
        } catch (CsvParseException e) {
            throw new IllegalArgumentException(
                    name + ", line " + (line + 1) + ": it can't be read as CSV: " + e.getMessage());
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new IllegalArgumentException(name + ": it is not UTF-8");
            }
            throw e.getCause();
        }
    }
}
