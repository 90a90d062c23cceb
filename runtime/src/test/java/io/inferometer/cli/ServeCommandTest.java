package io.inferometer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.service.Providers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServeCommandTest {
    private final LineQueue out = new LineQueue();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Thread serving;

    @AfterEach
    void endsTheEndpoint() throws InterruptedException {
        serving.interrupt();
        serving.join();
    }

    @Test
    void printsALineThatEndsInItsUrlAndServes() throws Exception {
        start("serve", "--profile", "metronome?ttft=1&itl=1", "--port", "0");

        String ready = out.next();

        assertThat(ready).matches("Simulated endpoint metronome\\?ttft=1&itl=1 on http://127\\.0\\.0\\.1:\\d+");
        assertThat(status(ready, "/health")).isEqualTo(200);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void asksForTheKeyThatTheVariableHolds() throws Exception {
        start("serve", "--api-key-env", "SIM_KEY");

        String ready = out.next();

        assertThat(ready).doesNotContain("sk-0123456789");
        assertThat(status(ready, "/v1/models")).isEqualTo(401);
        assertThat(status(ready, "/v1/models", "Authorization", "Bearer sk-0123456789"))
                .isEqualTo(200);
    }

    @Test
    void warnsWhereOtherMachinesCanReachIt() throws Exception {
        start("serve", "--host", "0.0.0.0");

        out.next();

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("inferometer: warning: other machines can reach 0.0.0.0, without a key;"
                        + " --api-key-env VARIABLE asks for one\n");
    }

    private void start(String... arguments) {
        CommandContext context = new CommandContext(
                Providers.of(List.of()),
                name -> name.equals("SIM_KEY") ? "sk-0123456789" : null,
                Clock.systemUTC(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        Main main = new Main(
                context,
                (plan, report, forked) -> {
                    throw new AssertionError("nothing is run");
                },
                List.of());
        serving = new Thread(() -> main.run(arguments), "serve-test");
        serving.start();
    }

    private static int status(String readyLine, String path, String... headers) throws Exception {
        URI uri = URI.create(readyLine.substring(readyLine.lastIndexOf(' ') + 1) + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    /** Hands on what is printed, line by line. */
    private static final class LineQueue extends OutputStream {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            if (b == '\n') {
                lines.add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
        }

        String next() throws InterruptedException, IOException {
            String next = lines.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                throw new IOException("no line");
            }
            return next;
        }
    }
}
