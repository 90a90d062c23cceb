package io.inferometer.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.inferometer.simulator.engine.BatchScheduler;
import io.inferometer.simulator.engine.EnginePreset;
import io.inferometer.simulator.engine.VirtualRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the page on the profiles against what the profiles do. */
class SimulatedProfilesTest {
    private static final Path PAGE = Path.of("..", "docs", "simulated-profiles.md");
    private static final String SWITCH = "golden.regenerate";
    private static final int ANSWER_TOKENS = 1_024;
    private static final long SEED = 1;

    @Test
    void thePageSaysWhatTheProfilesDo() throws IOException {
        List<String> page = Files.readAllLines(PAGE);

        List<String> modelled = modelled(page);

        if (Boolean.getBoolean(SWITCH)) {
            Files.write(PAGE, modelled);
            fail("wrote " + PAGE + " anew; run again without -D" + SWITCH + "=true");
        }
        assertThat(modelled)
                .as("%s; if the difference is meant, -D%s=true writes it", PAGE, SWITCH)
                .isEqualTo(page);
    }

    @Test
    void thePageHasEveryEngine() throws IOException {
        String page = Files.readString(PAGE);

        for (EnginePreset engine : EnginePreset.values()) {
            assertThat(page).contains("\n## " + engine.profile() + ": ");
        }
    }

    /** All but what the page itself names as out of the models' reach. */
    @Test
    void theProfilesAreAsCloseToWhatWasMeasuredAsTheyHaveToBe() throws IOException {
        String engine = "";
        int rows = 0;
        for (String line : Files.readAllLines(PAGE)) {
            engine = line.startsWith("## ") ? line.substring(3, line.indexOf(':')) : engine;
            if (!isRow(line)) {
                continue;
            }
            String[] cells = line.substring(2).split(" *\\| *");
            boolean pauses = engine.startsWith("mi");
            boolean beyond = engine.equals("b200-vllm-tp1") && cells[0].equals("8,192") && cells[1].equals("64");
            assertThat(percent(cells[2])).as(engine + line).isLessThanOrEqualTo(engine.startsWith("mi300x") ? 6 : 5);
            assertThat(percent(cells[3])).as(engine + line).isLessThanOrEqualTo(10);
            assertThat(percent(cells[5])).as(engine + line).isLessThanOrEqualTo(pauses || beyond ? 100 : 30);
            rows++;
        }
        assertThat(rows).isEqualTo(60);
    }

    @Test
    void thePageHasTheFiguresThatWereMeasured() throws IOException {
        Path table = Path.of("..", "..", "shared", "data", "calibration_gptoss120b.csv");
        assumeThat(table).exists();
        Map<String, List<String>> measured = new HashMap<>();
        for (String line : Files.readAllLines(table)) {
            List<String> cells = List.of(line.split(","));
            if (cells.get(0).equals("faradawn_official_2025-10") && cells.get(5).equals("1024")) {
                String engine = cells.get(1).replace("-trt", "") + "-" + cells.get(2) + "-tp" + cells.get(6);
                measured.put(engine + " " + cells.get(4) + " " + cells.get(9), cells);
            }
        }

        String engine = "";
        for (String line : Files.readAllLines(PAGE)) {
            engine = line.startsWith("## ") ? line.substring(3, line.indexOf(':')) : engine;
            if (isRow(line)) {
                String[] cells = line.substring(2).split(" *\\| *");
                List<String> real = measured.get(engine + " " + (int) number(cells[0]) + " " + cells[1]);
                int gpus = Integer.parseInt(real.get(6));
                assertThat(number(measured(cells[2]))).isCloseTo(1e3 * number(real.get(17)), within(0.0051));
                assertThat(number(measured(cells[3]))).isCloseTo(gpus * number(real.get(11)), within(0.51));
                assertThat(number(measured(cells[4]))).isCloseTo(1e3 * number(real.get(14)), within(0.51));
                assertThat(number(measured(cells[5]))).isCloseTo(1e3 * number(real.get(16)), within(0.51));
            }
        }
    }

    private static boolean isRow(String line) {
        return line.startsWith("| ") && Character.isDigit(line.charAt(2));
    }

    private static String measured(String cell) {
        return cell.split(" ")[0];
    }

    /** How far the model is from what was measured, whichever way. */
    private static int percent(String cell) {
        String percent = cell.substring(cell.indexOf(", ") + 2).replace(" %", "");
        return Math.abs(Integer.parseInt(percent));
    }

    private static List<String> modelled(List<String> page) {
        List<String> lines = new ArrayList<>();
        EnginePreset engine = null;
        for (String line : page) {
            if (line.startsWith("## ")) {
                engine = EnginePreset.find(line.substring(3, line.indexOf(':'))).orElseThrow();
            }
            lines.add(isRow(line) ? row(engine, line) : line);
        }
        return lines;
    }

    private static String row(EnginePreset engine, String line) {
        String[] cells = line.substring(2).split(" *\\| *");
        int promptTokens = (int) number(cells[0]);
        int concurrency = (int) number(cells[1]);
        VirtualRun.Result result = new VirtualRun(
                        new BatchScheduler(engine.costs(), 1, SEED),
                        10 * concurrency,
                        promptTokens,
                        ANSWER_TOKENS,
                        EnginePreset.TEMPLATE_TOKENS,
                        SEED)
                .run(concurrency);
        return "| " + cells[0] + " | " + cells[1]
                + cell(cells[2], "%,.2f", result.meanTpot())
                + cell(cells[3], "%,.0f", result.outputTokensPerSecond())
                + cell(cells[4], "%,.0f", result.medianTtft())
                + cell(cells[5], "%,.0f", result.p99Ttft())
                + " |";
    }

    /** What was measured stands first in its cell, whatever follows it. */
    private static String cell(String text, String format, double modelled) {
        String measured = measured(text);
        long percent = Math.round(100 * (modelled / number(measured) - 1));
        String sign = percent > 0 ? "+" : "";
        return String.format(Locale.ROOT, " | %s → " + format + ", %s%d %%", measured, modelled, sign, percent);
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(",", ""));
    }
}
