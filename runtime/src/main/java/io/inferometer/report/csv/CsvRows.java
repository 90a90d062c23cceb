package io.inferometer.report.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.List;

/** Rows below a line with the names of their columns; what is absent is an empty field. */
final class CsvRows implements Rows {
    private final BufferedWriter file;
    private final CsvWriter csv;

    CsvRows(List<String> columns, BufferedWriter file) {
        this.file = file;
        csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file);
        csv.writeRecord(columns);
    }

    @Override
    public void row(Object[] values) {
        String[] fields = new String[values.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = values[i] == null ? "" : values[i].toString();
        }
        csv.writeRecord(fields);
    }

    @Override
    public void flush() throws IOException {
        csv.flush();
        file.flush();
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
