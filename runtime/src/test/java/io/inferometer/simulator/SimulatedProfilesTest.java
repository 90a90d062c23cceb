package io.inferometer.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.inferometer.simulator.engine.BatchScheduler;
import io.inferometer.simulator.engine.EnginePreset;
import io.inferometer.simulator.engine.VirtualRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    private static List<String> modelled(List<String> page) {
        List<String> lines = new ArrayList<>();
        EnginePreset engine = null;
        for (String line : page) {
            if (line.startsWith("## ")) {
                engine = EnginePreset.find(line.substring(3, line.indexOf(':'))).orElseThrow();
            }
            boolean row = line.startsWith("| ") && Character.isDigit(line.charAt(2));
            lines.add(row ? row(engine, line) : line);
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
        String measured = text.split(" ")[0];
        long percent = Math.round(100 * (modelled / number(measured) - 1));
        String sign = percent > 0 ? "+" : "";
        return String.format(Locale.ROOT, " | %s → " + format + ", %s%d %%", measured, modelled, sign, percent);
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(",", ""));
    }
}
