package io.inferometer.plan.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.plan.SettingSource;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamType;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingSourcesTest {
    @Test
    void tellsWhatIsGivenThenWhatVariablesAndAnnotationsSayBelowIt() {
        Planning planning = Planning.of(Planning.declared()
                        .param("isl", new ParamType.Int(), "ISL", "128", "256")
                        .param("osl", new ParamType.Int(), "", "64"))
                .env("CONC", "4,8")
                .env("MODEL", "from-variable")
                .env("ISL", "512");
        planning.options.model("given-model").strict();

        assertThat(told(planning))
                .containsExactly(
                        "--model given-model: given",
                        "--strict true: given",
                        "--base-url http://declared:1: annotation",
                        "--api-key-env KEY: annotation",
                        "--auth Bearer: annotation",
                        "--concurrency 4,8: environment CONC",
                        "--requests-per-slot 10: annotation",
                        "-i 1: annotation",
                        "--warmup-requests-per-slot 2: annotation",
                        "-wi 1: annotation",
                        "-p isl 512: environment ISL",
                        "-p osl 64: annotation");
    }

    @Test
    void tellsNoneOfWhatMayBeSecret() {
        Planning planning = Planning.of(Planning.declared().env("PAGES", Setting.SERVER_METRICS))
                .env("PAGES", "http://a:1/metrics?token=s3cr3t, auto");
        planning.options
                .url("http://declared:1/v1/chat/completions?key=s3cr3t")
                .header("X-Key", "s3cr3t")
                .header("X-Team", "s3cr3t")
                .forks(1)
                .jvmArgs("-Dpassword=s3cr3t", "-Xmx1g");

        assertThat(told(planning))
                .contains(
                        "--url http://declared:1/v1/chat/completions?key=...: given",
                        "--header X-Key: ...: given",
                        "--header X-Team: ...: given",
                        "-jvmArgs -Dpassword=... -Xmx1g: given",
                        "--server-metrics http://a:1/metrics?token=...,auto: environment PAGES")
                .noneMatch(line -> line.contains("s3cr3t"));
    }

    @Test
    void whatGaveWayIsNotTold() {
        Planning planning = Planning.of(WorkloadDescriptor.of("Hello", "demo.Hello")
                        .main()
                        .endpoint("http://declared:1")
                        .path("/other/v1/chat/completions")
                        .apiKey("Bearer", "KEY")
                        .model("declared-model")
                        .load(new Load.AtOnce(8, 2.5))
                        .measurement(Iterations.ofRequests(1, 10))
                        .results(ResultFormat.CSV, "declared.csv")
                        .env("HEADERS", Setting.HEADER)
                        .env("JOURNAL", Setting.JOURNAL))
                .env("HEADERS", "X-Key: s3cr3t")
                .env("JOURNAL", "mine.jsonl");
        planning.options.baseUrl("http://another:1").concurrency(2).noJournal().set(Setting.RESULT_FILE, "run.json");

        assertThat(told(planning))
                .containsExactly(
                        "--base-url http://another:1: given",
                        "--concurrency 2: given",
                        "-rff run.json: given",
                        "--no-journal true: given",
                        "--model declared-model: annotation",
                        "--requests 10: annotation",
                        "-i 1: annotation");
    }

    @Test
    void aLoadIsToldWithWhatItIsMadeOf() {
        assertThat(told(Planning.of(at(new Load.Open(2.5, 0.5), new Load.Open(5, 0.5)))))
                .contains("--rate 2.5,5: annotation", "--arrivals gamma: annotation", "--burstiness 0.5: annotation");
        assertThat(told(Planning.of(at(new Load.AtOnce(8, 2.5)))))
                .contains("--all-at-once true: annotation", "--users 8: annotation", "--spawn-rate 2.5: annotation");
        assertThat(told(Planning.of(at(new Load.Open(2.5, 0.5))).set(Setting.RATE, "3")))
                .contains("--rate 3: given", "--arrivals gamma: annotation", "--burstiness 0.5: annotation");
        assertThat(told(Planning.of(at(new Load.Open(2.5, 0.5))).set(Setting.CONCURRENCY, "3")))
                .noneMatch(line -> line.contains("--arrivals") || line.contains("--burstiness"));
    }

    @Test
    void whatWorkloadsDifferInIsToldWithTheirNames() {
        Planning planning = Planning.of(
                        Planning.declared(),
                        WorkloadDescriptor.of("Other", "demo.Other")
                                .endpoint("http://declared:1")
                                .model("another-model")
                                .load(new Load.Closed(4))
                                .measurement(Iterations.ofRequestsPerSlot(1, 10)))
                .env("CONC", "2");
        planning.options.workload("Hello").workload("Other");

        assertThat(told(planning))
                .contains(
                        "--base-url http://declared:1: annotation",
                        "--model declared-model: annotation for Hello",
                        "--model another-model: annotation for Other",
                        "--concurrency 2: environment CONC for Hello",
                        "--concurrency 4: annotation for Other",
                        "-i 1: annotation");
    }

    private static WorkloadDescriptor.Builder at(Load... loads) {
        WorkloadDescriptor.Builder workload = WorkloadDescriptor.of("Hello", "demo.Hello")
                .main()
                .endpoint("http://declared:1")
                .model("declared-model")
                .measurement(Iterations.ofRequests(1, 10));
        List.of(loads).forEach(workload::load);
        return workload;
    }

    private static List<String> told(Planning planning) {
        return planning.plan().settings().stream().map(SettingSourcesTest::line).toList();
    }

    private static String line(SettingSource setting) {
        return setting.name() + ' ' + setting.value() + ": " + setting.from();
    }
}
