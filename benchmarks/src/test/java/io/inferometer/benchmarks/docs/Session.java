package io.inferometer.benchmarks.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferometer.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A JVM in a directory of its own that does what a section of a page says, command by command: what one writes the next may read.
 * The address of the endpoint is its argument; commands come on standard input as one JSON text, and what came of them goes out as another.
 */
public final class Session {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECONDS = 60;

    private Session() {}

    /** What is to be run. */
    record Call(List<String> words, Map<String, String> environment) {}

    /** What came of it; the status is -1 where it had not ended after a minute. */
    record Outcome(int status, String said, long millis) {}

    public static void main(String[] args) throws IOException, InterruptedException {
        PrintStream out = System.out;
        System.setOut(System.err);
        List<Call> calls = List.of(JSON.readValue(System.in, Call[].class));
        List<Outcome> outcomes = new ArrayList<>();
        begin(calls.stream().map(Call::words).toList(), args[0]);
        for (Call call : calls) {
            outcomes.add(outcome(call));
        }
        out.print(JSON.writeValueAsString(outcomes));
        out.flush();
        System.exit(0);
    }

    /** What the section's reader has already. */
    private static void begin(List<List<String>> words, String url) throws IOException, InterruptedException {
        Beforehand.write(Path.of(""), words);
        for (List<String> journal : Beforehand.commands(words, url)) {
            outcome(new Call(journal, Map.of()));
        }
    }

    private static Outcome outcome(Call call) throws InterruptedException {
        long start = System.nanoTime();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int[] status = {-1};
        Thread thread = new Thread(
                () -> status[0] = Main.run(call.words(), call.environment()::get, stream, stream), "a command");
        thread.setDaemon(true);
        thread.start();
        boolean serves = call.words().contains("serve");
        while (thread.isAlive() && !(serves && said.size() > 0) && since(start) < SECONDS * 1_000) {
            thread.join(50);
        }
        if (serves && thread.isAlive() && said.size() > 0) {
            // It would serve until it is ended: that it began is all.
            thread.interrupt();
            thread.join();
            status[0] = 0;
        }
        return new Outcome(status[0], said.toString(StandardCharsets.UTF_8), since(start));
    }

    private static long since(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
