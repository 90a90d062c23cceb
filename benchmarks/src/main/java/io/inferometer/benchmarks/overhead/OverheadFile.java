package io.inferometer.benchmarks.overhead;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a result file holds: every figure with its definition, and of each client the number of forks, their values and interval. */
enum OverheadFile {
    /** For programs. */
    JSON("json") {
        @Override
        String text(Machine machine, Results results) throws IOException {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("version", 1);
            all.put("machine", machine);
            all.put("value", "median of the forks, sum where a figure is a number of requests");
            all.put("interval", "of the median, by order statistics; null with fewer than " + Sample.FEWEST + " forks");
            all.put("rows", results.rows().stream().map(OverheadFile::row).toList());
            all.put("nioBesideJdk", Beside.told(results.rows()));
            all.put("failures", results.failures());
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all) + "\n";
        }
    },
    /** For people. */
    MD("md") {
        @Override
        String text(Machine machine, Results results) {
            List<Row> rows = results.rows();
            StringBuilder text = new StringBuilder("# " + machine.title() + "\n\n");
            text.append(line(OverheadTable.COLUMNS)).append("|---|---|---:|---:|---:|---|---:|---|\n");
            rows.forEach(row -> text.append(line(OverheadTable.cells(row))));
            text.append('\n');
            OverheadTable.notes(rows, results.failures())
                    .forEach(note -> text.append("- ").append(note.strip()).append('\n'));
            List<String> beside = Beside.lines(rows);
            if (!beside.isEmpty()) {
                text.append("\n```\n").append(String.join("\n", beside)).append("\n```\n");
            }
            text.append("\n| figure | a fork's value |\n|---|---|\n");
            rows.stream()
                    .map(row -> line(List.of(row.label(), row.definition())))
                    .distinct()
                    .forEach(text::append);
            return text.toString();
        }
    };

    private final String word;

    OverheadFile(String word) {
        this.word = word;
    }

    /** The format's name, and the ending of a file's. */
    String word() {
        return word;
    }

    /** All that was measured, in this format. */
    abstract String text(Machine machine, Results results) throws IOException;

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static Map<String, Object> row(Row row) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("part", row.part());
        told.put("figure", row.label());
        told.put("unit", row.unit());
        told.put("definition", row.definition());
        Map<String, Object> clients = new TreeMap<>();
        row.values().keySet().forEach(client -> clients.put(client, client(row, client)));
        told.put("clients", clients);
        return told;
    }

    private static Map<String, Object> client(Row row, String client) {
        Map<String, Object> told = new LinkedHashMap<>(sample(row.sample(client)));
        told.put("value", row.value(client));
        Sample ofBare = row.ofBare(client);
        if (ofBare.count() > 0 && row.sense() != Row.Sense.NONE && row.sense() != Row.Sense.NEITHER) {
            told.put("ofBare", sample(ofBare));
        }
        if (!row.goal(client).isEmpty()) {
            told.put("goal", row.goal(client));
        }
        return told;
    }

    private static Map<String, Object> sample(Sample sample) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("n", sample.count());
        told.put("median", sample.median());
        told.put("interval", sample.interval().orElse(null));
        told.put("values", Arrays.stream(sample.sorted()).boxed().toList());
        return told;
    }
}
