package io.inferometer.record.journal;

import io.inferometer.record.RequestRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a journal of short parts in a process of its own, and is killed at its end if that is wanted. */
public final class PartsProbe {
    private PartsProbe() {}

    /** What is written. */
    public static List<RequestRecord> records() {
        return Stream.generate(new RandomRecords(9)::next).limit(80).toList();
    }

    /** Starts the process. */
    public static Process start(Path journal, boolean killed) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PartsProbe.class.getName(),
                        journal.toString(),
                        Boolean.toString(killed))
                .inheritIO()
                .start();
    }

    public static void main(String[] args) throws Exception {
        try (Journal journal = Journal.create(Path.of(args[0]), Map.of(), false, 20_000)) {
            for (RequestRecord record : records()) {
                journal.append(record);
                journal.flush();
                Thread.sleep(5);
            }
            if (Boolean.parseBoolean(args[1])) {
                Runtime.getRuntime().halt(9);
            }
            journal.close(true, "");
        }
    }
}
