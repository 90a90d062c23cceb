package io.inferometer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.sun.net.httpserver.HttpServer;
import io.inferometer.record.RequestRecord;
import io.inferometer.record.journal.JournalReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a browser, from disk: what it shows is what the native result of the same run holds. Runs with -Pbrowser. */
class PageIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final String HOSTILE =
            "</script><img src=x onerror=window.harmed=1><script>window.harmed=1</script>";

    private static final String SECRET = "sk-4711-of-a-header";

    private static Playwright playwright;
    private static Browser browser;

    @TempDir
    static Path dir;

    private static Path sweep;
    private static JsonNode result;

    private final List<String> wrong = new ArrayList<>();
    private BrowserContext context;
    private Page page;
    /** What may be asked for; from disk nothing else. */
    private String allowed = "file:";

    @BeforeAll
    static void runASweepOnce() throws Exception {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(QUIET));
        sweep = dir.resolve("sweep.html");
        Path json = dir.resolve("sweep.json");
        Jar.Result run = new Jar(dir)
                .run(
                        "Hello",
                        "--concurrency",
                        "2,8",
                        "-i",
                        "3",
                        "--header",
                        "X-Token: " + SECRET,
                        "-rf",
                        "html",
                        "-rff",
                        sweep.toString(),
                        "-rf",
                        "json",
                        "-rff",
                        json.toString());
        assertThat(run.status()).as(run.err()).isZero();
        result = new ObjectMapper().readTree(json.toFile());
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void open() {
        context = browser.newContext(new Browser.NewContextOptions().setColorScheme(ColorScheme.LIGHT));
        page = context.newPage();
        page.onPageError(wrong::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                wrong.add(message.text());
            }
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(allowed) && !request.url().startsWith("blob:")) {
                wrong.add("asked for " + request.url());
            }
        });
        page.onDialog(dialog -> {
            wrong.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
    }

    @AfterEach
    void nothingWentWrong() {
        context.close();
        assertThat(wrong).isEmpty();
    }

    @Test
    void eachSectionIsThereAndItsNumbersAreThoseOfTheNativeResult() {
        page.navigate(sweep.toUri().toString());

        assertThat(texts("main section h2"))
                .containsExactly(
                        "Verdict",
                        "Key figures",
                        "Distributions",
                        "Time line",
                        "Requests one by one",
                        "Throughput against interactivity",
                        "Everything that was set",
                        "Glossary");
        int compared = 0;
        for (int trial = 0; trial < 2; trial++) {
            page.selectOption("#trial", "0." + trial);
            JsonNode told = result.path("trials").path(trial);
            for (ElementHandle cell : page.querySelectorAll("#figures [data-key]")) {
                String value = cell.getAttribute("data-value");
                if (value != null) {
                    assertThat(Double.parseDouble(value))
                            .as(cell.getAttribute("data-key"))
                            .isCloseTo(at(told, cell.getAttribute("data-key")).asDouble(), within(1e-9));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(80);
        assertThat(page.innerText("#verdict")).contains("300 requests measured, 0 failed", "SIMULATED");
        assertThat(page.querySelectorAll("#timeline canvas")).hasSizeGreaterThanOrEqualTo(5);
        assertThat(painted("#lanes")).isTrue();
    }

    @Test
    void whatWasSetIsThereWithWhereFromAndNoSecret() throws IOException {
        page.navigate(sweep.toUri().toString());

        assertThat(texts("[data-table=set] tbody tr").stream()
                        .map(row -> row.replaceAll("\\s+", " ").strip()))
                .contains("--concurrency 2,8 given", "-i 3 given", "--header X-Token: ... given")
                .anyMatch(row -> row.startsWith("--base-url sim:") && row.endsWith(" annotation"));
        assertThat(texts("[data-table=set] tbody tr"))
                .hasSameSizeAs(result.path("run").path("settings"));
        assertThat(Files.readString(sweep)).doesNotContain(SECRET);
        assertThat(result.toString()).doesNotContain(SECRET);
    }

    /** A key of the page in a trial of the native result. */
    private static JsonNode at(JsonNode trial, String key) {
        JsonNode node = key.startsWith("clientOverhead.")
                ? trial.path("clientOverhead").path("metrics")
                : key.contains("Ms.") ? trial.path("summary").path("metrics") : trial.path("summary");
        // A percentile's name has a point in it too.
        String rest = key.replaceFirst("^clientOverhead\\.", "");
        for (String part : rest.split("\\.(?!\\d)")) {
            node = node.path(part);
        }
        assertThat(node.isNumber()).as(key).isTrue();
        return node;
    }

    @Test
    void whatHoldsForEveryTrialIsSaidOnce() {
        page.navigate(sweep.toUri().toString());
        assertThat(texts(".flags li").stream().filter(flag -> flag.startsWith("simulated")))
                .singleElement()
                .asString()
                .contains("[all 2 trials]");
    }

    @Test
    void anAgentsSessionsAreLanesWithTheirChildrenBelowThem() throws Exception {
        page.navigate(html("Sample10", "--no-client-warmup").toUri().toString());

        assertThat(page.getAttribute("#lanes", "data-lanes"))
                .startsWith("session 0; child 0.0; child 0.1; session 1; child 0.0; child 0.1; session 2; ")
                .endsWith("; session 9; child 0.0; child 0.1");
        // Ten sessions wait between their turns, twenty children between theirs; each child begins and is joined.
        assertThat(page.getAttribute("#lanes", "data-links")).isEqualTo("30 40");
        assertThat(page.innerText("#requests")).contains("between turns", "spawn and join");
        assertThat(texts("[data-table='of each session'] td:first-child")).containsExactly("requests", "in system ms");
        assertThat(page.querySelectorAll("[data-table=turns] tbody tr")).hasSize(2);
    }

    @Test
    void stagesStandInTheTimeLineAndServersBesideTheClient() throws Exception {
        page.navigate(html(
                        "Hello",
                        "--base-url",
                        "sim:b200-trt-tp4",
                        "--stages",
                        "20/s 3s, 20..60/s 4s",
                        "--server-metrics",
                        "auto",
                        "--no-client-warmup")
                .toUri()
                .toString());

        assertThat(page.getAttribute("#timeline", "data-stages")).isEqualTo("20/s; 20..60/s");
        assertThat(page.innerText("#timeline")).contains("Server: requests running", "dashed: where a stage begins");
        assertThat(page.querySelectorAll("[data-table=stages] tbody tr")).hasSize(2);
        List<String> counted = page.querySelectorAll("[data-table=server] tbody tr").stream()
                .map(ElementHandle::innerText)
                .toList();
        assertThat(counted).anySatisfy(row -> assertThat(row).matches("output tokens\\s+([\\d,]+)\\s+\\1"));
        assertThat(counted).anySatisfy(row -> assertThat(row).startsWith("KV cache at its peak"));
    }

    @Test
    void differencesAndProbesStandWithTheirIntervals() {
        page.navigate(sweep.toUri().toString());
        page.evaluate("""
                () => {
                  const data = JSON.parse(document.getElementById("data").textContent);
                  data.judged = [{ title: "B beside A", verdict: "worse", result: "FAIL", notes: [],
                    columns: ["Figure", "difference", "95 % interval", "margin", "Verdict"],
                    rows: [["ttft p50", "+12 %", "+8 % to +17 %", "5 %", "worse"], ["tpot p50", "−1 %", "−3 % to +1 %", "5 %", "same"]] },
                    { title: "C beside A", verdict: "nothing could be judged", result: "FAIL", notes: [], columns: ["Figure"], rows: [] }];
                  const probe = { trial: 0, requests: 40, met: 40, share: 1, low: 0.91, high: 1, overloaded: null, verdict: "met", load: 2 };
                  data.runs[0].result.search = { axis: "concurrency", attainment: 0.9, text: "2 to 8 slots", probes: [probe, { ...probe, load: 8, met: 20, share: 0.5, low: 0.35, high: 0.65, verdict: "missed" }] };
                  inferometer.render(data);
                }""");

        assertThat(page.querySelectorAll("#judged svg circle")).hasSize(2);
        assertThat(page.querySelectorAll("#judged1 table, #judged1 svg")).isEmpty();
        assertThat(texts("[data-table=probes] tbody td"))
                .contains("2", "100 %", "91 % to 100 %", "8", "50 %", "missed");
        // The second probe's interval lies to the left of what was asked for: 35 to 65 of 100.
        assertThat((Boolean) page.evaluate("""
                () => {
                  const at = (n, which) => Number(document.querySelectorAll("#search svg line[stroke-width='" + n + "']")[1].getAttribute(which));
                  return at(3, "x1") < at(3, "x2") && at(3, "x2") < at(2, "x1");
                }""")).isTrue();
    }

    /** The page of a run that has come to its end. */
    private static Path html(String... arguments) throws Exception {
        Path file = Files.createTempFile(dir, "page", ".html");
        Files.delete(file);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-rf", "html", "-rff", file.toString()));
        Jar.Result run = new Jar(dir).run(all.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return file;
    }

    /** Shows what docs/page.md shows of a page, and keeps it there with -Dpage.screenshots=../docs/images. */
    private void picture(String name, int width) throws IOException {
        page.setViewportSize(width, 860);
        page.mouse().move(0, 0);
        // Charts take their new width a moment later.
        page.waitForTimeout(400);
        byte[] png = page.screenshot();
        assertThat(png).hasSizeBetween(10_000, 150_000);
        String into = System.getProperty("page.screenshots");
        if (into != null) {
            Files.write(Files.createDirectories(Path.of(into)).resolve(name), png);
        }
    }

    @Test
    void itsPicturesAreSmallOnesInLightAndDark() throws Exception {
        page.setViewportSize(1000, 860);
        page.navigate(sweep.toUri().toString());
        picture("page-light.png", 1000);
        page.click("#theme");
        page.evaluate(
                "document.documentElement.style.scrollBehavior = 'auto'; document.getElementById('timeline').scrollIntoView()");
        picture("page-dark.png", 1000);
    }

    @Test
    void theViewIsInTheAddressAndCanBeSent() {
        page.navigate(sweep.toUri().toString());
        page.selectOption("#trial", "0.1");
        page.focus("#lanes");
        page.keyboard().press("+");
        page.keyboard().press("ArrowRight");
        String sent = page.url();
        assertThat(sent).contains("trial=0.1", "x=");

        page.navigate("about:blank");
        page.navigate(sent);
        assertThat(page.inputValue("#trial")).isEqualTo("0.1");
        assertThat(page.url()).isEqualTo(sent);

        page.focus("#lanes");
        page.keyboard().press("Enter");
        assertThat(page.innerText("#said")).contains("request ", "ttft ", "longest gap ");
        page.keyboard().press("Home");
        assertThat(page.url()).doesNotContain("x=");
    }

    @Test
    void draggingAcrossAChartZoomsAllOfTheTimeLine() {
        page.navigate(sweep.toUri().toString());
        ElementHandle over = page.querySelector("#timeline .u-over");
        over.scrollIntoViewIfNeeded();
        var box = over.boundingBox();
        page.mouse().move(box.x + box.width * 0.3, box.y + box.height / 2);
        page.mouse().down();
        page.mouse().move(box.x + box.width * 0.5, box.y + box.height / 2);
        page.mouse().up();

        assertThat(page.url()).contains("x=");
        page.click("#whole");
        assertThat(page.url()).doesNotContain("x=");
    }

    @Test
    void lightAndDarkAreChosenAndStay() {
        page.navigate(sweep.toUri().toString());
        String light = background();
        page.click("#theme");
        assertThat(background()).isNotEqualTo(light);
        page.reload();
        assertThat(background()).isNotEqualTo(light);

        try (BrowserContext dark =
                browser.newContext(new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK))) {
            Page other = dark.newPage();
            other.navigate(sweep.toUri().toString());
            assertThat(other.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isNotEqualTo(light);
        }
    }

    @Test
    void itCanBeReadOnANarrowScreenAndOnPaper() {
        page.setViewportSize(380, 800);
        page.navigate(sweep.toUri().toString());
        assertThat(page.evaluate("document.documentElement.scrollWidth <= 380")).isEqualTo(true);

        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.isVisible("nav")).isFalse();
        assertThat(page.isVisible("#figures table")).isTrue();
        assertThat(page.pdf()).hasSizeGreaterThan(10_000);
    }

    @Test
    void aTableIsCopiedAsCsvInWholeNumbersAndWithoutFormulas() {
        page.navigate(sweep.toUri().toString());
        String csv = (String) page.evaluate("inferometer.csv(document.querySelector('[data-table=latencies] table'))");
        assertThat(csv).startsWith("figure,n,mean,p50,").contains("\nttft,60,");
        String ttft =
                csv.lines().filter(line -> line.startsWith("ttft,")).findFirst().orElseThrow();
        assertThat(Double.parseDouble(ttft.split(",")[2]))
                .isEqualTo(result.at("/trials/0/summary/metrics/ttftMs/mean").asDouble());
    }

    @Test
    void whatAnEndpointSaysIsNeverExecuted() throws Exception {
        HttpServer server = hostile();
        Path hostile = dir.resolve("hostile.html");
        try {
            Jar.Result run = new Jar(dir)
                    .run(
                            "Hello",
                            "--base-url",
                            "http://127.0.0.1:" + server.getAddress().getPort(),
                            "--model",
                            HOSTILE,
                            "--no-preflight",
                            "--requests",
                            "5",
                            "-rf",
                            "html",
                            "-rff",
                            hostile.toString());
            assertThat(run.status()).isEqualTo(3);
        } finally {
            server.stop(0);
        }

        page.navigate(hostile.toUri().toString());
        assertThat(page.innerText("#errors")).contains(HOSTILE);
        assertThat(page.innerText("#subtitle")).contains(HOSTILE);
        assertThat(page.evaluate("window.harmed === undefined && document.images.length === 0"))
                .isEqualTo(true);
        assertThat(page.evaluate("document.scripts.length")).isEqualTo(3);
    }

    @Test
    void aHundredThousandRequestsAreOneSmallPageThatIsThereAtOnce() throws Exception {
        Path large = dir.resolve("large.html");
        Jar.Result run = new Jar(dir)
                .run(
                        "Hello",
                        "--base-url",
                        "sim:metronome?ttft=1&itl=0",
                        "--transport",
                        "nio",
                        "--concurrency",
                        "64",
                        "--requests",
                        "100000",
                        "--calibrate",
                        "off",
                        "--no-journal",
                        "-rf",
                        "html",
                        "-rff",
                        large.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Files.size(large)).isLessThanOrEqualTo(1 << 20);

        page.navigate(large.toUri().toString());
        assertThat(page.innerText("#verdict")).contains("100,000 requests measured");
        assertThat(((Number)
                                page.evaluate(
                                        "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()"))
                        .doubleValue())
                .as("ms to the first paint")
                .isLessThan(1_000);
    }

    @Test
    void thePageOfARunThatIsOnMovesAndItsButtonEndsItInOrder() throws Exception {
        Path journal = dir.resolve("live.journal.jsonl");
        Process run = live(
                "--live",
                "Hello",
                "--base-url",
                "sim:metronome?ttft=50&itl=5",
                "--concurrency",
                "16",
                "--requests",
                "1000000",
                "--no-client-warmup",
                "--journal",
                journal.toString());

        page.waitForCondition(() -> page.innerText("h1").equals("Sample01HelloEndpoint"));
        page.waitForCondition(() -> page.innerText("#live-state").equals("measuring"));
        page.waitForSelector("#timeline canvas");
        double before = shown("#live-requests");
        page.waitForCondition(() -> shown("#live-requests") > before);
        assertThat(shown("#live-in-flight")).isBetween(1.0, 16.0);
        page.waitForCondition(() -> !page.innerText("#live-tps").equals("–"));
        assertThat(texts("main section h2"))
                .containsExactly("Requests", "Time line", "Distributions", "Requests one by one");
        assertThat(page.innerText("[data-table=rows]")).contains("Sample01HelloEndpoint, warm-up", "ttft p50 ms");

        assertThat(page.innerText("#timeline")).contains("What has not ended is not in it yet");

        // A table with the focus in it stays as it is, and so do charts under the pointer.
        page.hover("#timeline h2", new Page.HoverOptions().setForce(true));
        page.evaluate("document.querySelector('#timeline canvas').id = 'looked-at'");
        double then = shown("#live-requests");
        page.waitForCondition(() -> shown("#live-requests") > then);
        assertThat(page.querySelector("#looked-at")).isNotNull();

        page.evaluate("scrollTo(0, 0)");
        picture("live.png", 1200);
        page.click("#live-stop");
        page.waitForSelector("#keep-csv");
        assertThat(page.innerText("#live-text")).isEqualTo("The run has ended early: interrupted.");
        assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isEqualTo(130);

        // All that is kept is in the page: the program has gone.
        assertThat(texts("main section h2")).contains("Verdict", "Key figures", "Time line", "Glossary");
        JsonNode kept = new ObjectMapper().readTree(Files.readString(keep("json")));
        long total = kept.at("/trials/0/summary/requests/total").asLong();
        assertThat(kept.path("incompleteReason").asText()).isEqualTo("interrupted");
        assertThat(Files.readString(keep("html")))
                .contains("default-src 'none'")
                .doesNotContain("connect-src");
        assertThat(Files.readString(keep("csv"))).contains("\nSample01HelloEndpoint," + total + ",0,");
        assertThat(measured(journal)).isEqualTo(total);
    }

    /** How many measured requests a journal holds that is whole. */
    private static long measured(Path journal) throws IOException {
        long[] count = new long[1];
        JournalReader.read(journal, new JournalReader.Visitor() {
            @Override
            public void header(Map<String, Object> run) {}

            @Override
            public void request(RequestRecord request) {
                count[0] += request.warmup() ? 0 : 1;
            }
        });
        return count[0];
    }

    @Test
    void aPageIsThereBeforeTheFirstRequestAndSaysThatARunHasEnded() throws Exception {
        Process run = live("--live", "Hello", "--requests", "20", "--no-journal");
        assertThat(page.innerText("#live-state")).isIn("asking", "waiting");
        page.waitForSelector("#keep-html");
        assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isZero();
        assertThat(page.innerText("#live-text")).isEqualTo("The run has ended, and is complete.");
        assertThat(page.innerText("#live-state")).isEqualTo("ended");
        assertThat(page.innerText("#verdict")).contains("20 requests measured");
    }

    @Test
    void whatAnEndpointSaysIsNotExecutedWhileTheRunGoesOnEither() throws Exception {
        HttpServer server = hostile();
        try {
            Process run = live(
                    "--live",
                    "Hello",
                    "--base-url",
                    "http://127.0.0.1:" + server.getAddress().getPort(),
                    "--model",
                    HOSTILE,
                    "--no-preflight",
                    "-wi",
                    "0",
                    "-r",
                    "6s",
                    "--no-client-warmup",
                    "--no-journal");
            page.waitForSelector("#errors td");
            assertThat(page.innerText("#errors")).contains(HOSTILE);
            assertThat(page.innerText("#subtitle")).contains(HOSTILE);
            page.waitForSelector("#keep-html");
            assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(page.evaluate("window.harmed === undefined && document.images.length === 0"))
                    .isEqualTo(true);
        } finally {
            server.stop(0);
        }
    }

    /** Starts a run whose page is opened at once. */
    private Process live(String... arguments) throws Exception {
        Process run = new Jar(dir).start(arguments);
        BufferedReader out = run.inputReader();
        String line = out.readLine();
        while (!line.startsWith("# Live: ")) {
            line = out.readLine();
        }
        // What is not read would hold the run up.
        Thread rest = new Thread(() -> out.lines().forEach(told -> {}));
        rest.setDaemon(true);
        rest.start();
        allowed = line.substring("# Live: ".length());
        page.navigate(allowed);
        return run;
    }

    private Path keep(String format) {
        return page.waitForDownload(() -> page.click("#keep-" + format)).path();
    }

    private double shown(String figure) {
        return Double.parseDouble(page.innerText(figure).replace(",", ""));
    }

    private boolean painted(String canvas) {
        return (Boolean)
                page.evalOnSelector(
                        canvas,
                        "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v, i) => i % 4 === 3 && v > 0)");
    }

    private String background() {
        return (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
    }

    private List<String> texts(String selector) {
        return page.querySelectorAll(selector).stream()
                .map(ElementHandle::innerText)
                .toList();
    }

    /** An endpoint each answer of which is an error with markup and script in its text. */
    private static HttpServer hostile() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = ("{\"error\":{\"message\":\"" + HOSTILE + "\"}}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(500, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
