package io.inferometer.record.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Journals that were written as one file, put into parts by what their lines are. */
public final class InParts {
    private static final String END = "{\"type\":\"end\",\"complete\":false,\"reason\":\"part\"}\n";

    private InParts() {}

    /** Puts so many lines into each part; the last one is as a killed process left it where the journal has no end. */
    public static void put(Path journal, int lines) throws IOException {
        List<String> all = Files.readString(journal).lines().toList();
        boolean ended = all.get(all.size() - 1).startsWith("{\"type\":\"end\"");
        List<String> inner = all.subList(1, ended ? all.size() - 1 : all.size());
        StringBuilder own = new StringBuilder(all.get(0)).append('\n');
        for (int from = 0, number = 1; from < inner.size(); from += lines, number++) {
            int to = Math.min(inner.size(), from + lines);
            String name = journal.getFileName() + "." + number;
            own.append("{\"type\":\"part\",\"file\":\"").append(name).append("\"}\n");
            String part = inner.subList(from, to).stream().collect(Collectors.joining("\n", all.get(0) + "\n", ""));
            if (to == inner.size() && !ended) {
                Files.writeString(journal.resolveSibling(name), part);
                continue;
            }
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(journal.resolveSibling(name + ".gz")))) {
                out.write((part + "\n" + END).getBytes(StandardCharsets.US_ASCII));
            }
        }
        Files.writeString(journal, own + (ended ? all.get(all.size() - 1) + "\n" : ""));
    }
}
