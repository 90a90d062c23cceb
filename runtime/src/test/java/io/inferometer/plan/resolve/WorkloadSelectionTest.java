package io.inferometer.plan.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.plan.UsageException;
import io.inferometer.service.Providers;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadSelectionTest {
    private final WorkloadSelection selection =
            selection(workload("Hello", false), workload("GptOssBaseten", true), workload("Batch.Small", false));

    @Test
    void takesTheMainOneWhereNoneIsNamed() {
        assertThat(names(selection, List.of())).containsExactly("GptOssBaseten");
    }

    @Test
    void takesTheOnlyOneWhereNoneIsNamed() {
        assertThat(names(selection(workload("Hello", false)), List.of())).containsExactly("Hello");
    }

    @Test
    void findsByAPartOfTheNameOrOfTheClass() {
        assertThat(names(selection, List.of("Oss"))).containsExactly("GptOssBaseten");
        assertThat(names(selection, List.of("^demo\\.Hello$"))).containsExactly("Hello");
        assertThat(names(selection, List.of("Small"))).containsExactly("Batch.Small");
    }

    @Test
    void keepsTheOrderOfNamesWhateverTheOrderOfPatterns() {
        assertThat(names(selection, List.of("Hello", "Batch", ".*")))
                .containsExactly("Batch.Small", "GptOssBaseten", "Hello");
    }

    @Test
    void leavesOutWhatIsExcluded() {
        assertThat(names(selection, List.of("."), "Oss", "Small")).containsExactly("Hello");
    }

    @Test
    void refusesToExcludeEverything() {
        assertThatThrownBy(() -> names(selection, List.of("Hello"), "H", "x"))
                .isInstanceOf(UsageException.class)
                .hasMessage("-e H -e x leaves no workload to run");
    }

    @Test
    void namesWhatThereIsAndTheNearest() {
        assertThatThrownBy(() -> names(selection, List.of("GptOssBasten")))
                .isInstanceOf(UsageException.class)
                .hasMessage("no workload matches GptOssBasten (did you mean GptOssBaseten?);"
                        + " there are: Batch.Small, GptOssBaseten, Hello");
        assertThatThrownBy(() -> names(selection, List.of("gptoss")))
                .isInstanceOf(UsageException.class)
                .hasMessage("no workload matches gptoss (did you mean GptOssBaseten?);"
                        + " there are: Batch.Small, GptOssBaseten, Hello");
        assertThatThrownBy(() -> names(selection, List.of("Hello", "Llama")))
                .isInstanceOf(UsageException.class)
                .hasMessage("no workload matches Llama; there are: Batch.Small, GptOssBaseten, Hello");
    }

    @Test
    void saysThatAPatternIsBroken() {
        assertThatThrownBy(() -> names(selection, List.of("Gpt(")))
                .isInstanceOf(UsageException.class)
                .hasMessage("Gpt( is not a regular expression: Unclosed group");
        assertThatThrownBy(() -> names(selection, List.of("Gpt"), "*"))
                .isInstanceOf(UsageException.class)
                .hasMessage("-e * is not a regular expression: Dangling meta character '*'");
    }

    @Test
    void asksForANameWhereThereIsNotOneMainWorkload() {
        assertThatThrownBy(() -> names(selection(workload("B", false), workload("A", false)), List.of()))
                .isInstanceOf(UsageException.class)
                .hasMessage("name the workload to run, none of them is the main one: A, B");
        assertThatThrownBy(() -> names(selection(workload("B", true), workload("A", true)), List.of()))
                .isInstanceOf(UsageException.class)
                .hasMessage("name the workload to run, 2 of them are main: A, B");
    }

    @Test
    void runsNoTwoOfOneName() {
        WorkloadSelection namesakes = selection(workload("b.Out$Chat", "Out.Chat"), workload("a.Out$Chat", "Out.Chat"));

        assertThatThrownBy(() -> names(namesakes, List.of("Chat")))
                .isInstanceOf(UsageException.class)
                .hasMessage("a.Out$Chat and b.Out$Chat are both called Out.Chat; name one of them by its class:"
                        + " ^a.Out\\$Chat$");
        assertThat(namesakes.select(List.of("^a.Out\\$Chat$"), List.of()))
                .singleElement()
                .extracting(binding -> binding.descriptor().className())
                .isEqualTo("a.Out$Chat");
    }

    private static FakeBinding workload(String className, String name) {
        return new FakeBinding(WorkloadDescriptor.of(name, className)
                .load(new Load.Closed(1))
                .measurement(Iterations.ofRequests(1, 1))
                .build());
    }

    @Test
    void saysWhyThereMayBeNone() {
        assertThatThrownBy(() -> selection())
                .isInstanceOf(UsageException.class)
                .hasMessage("there are no workloads in this jar: was it compiled with inferometer-processor in"
                        + " annotationProcessorPaths, and are META-INF/services files merged where it is shaded, and named"
                        + " in provides where there is a module-info?");
    }

    @Test
    void saysOfAWorkloadThatIsBrokenWhatIsWrongWithIt() {
        WorkloadSelection broken = new WorkloadSelection(new Providers<>(
                List.of(workload("Hello", true)), Map.of("demo.Agents_Deep_Workload", "there is no such class")));

        assertThat(names(broken, List.of())).containsExactly("Hello");
        for (String name : List.of("Deep", "^Agents.Deep$", "^demo.Agents")) {
            assertThatThrownBy(() -> names(broken, List.of(name)))
                    .isInstanceOf(UsageException.class)
                    .hasMessage("the workload Agents.Deep can't be used: there is no such class");
        }
        assertThatThrownBy(() -> names(broken, List.of("Other")))
                .hasMessage("no workload matches Other; there are: Hello");
    }

    @Test
    void saysWhyNoneCanBeUsed() {
        assertThatThrownBy(() -> new WorkloadSelection(
                        new Providers<>(List.of(), Map.of("demo.Hello_Workload", "there is no such class"))))
                .isInstanceOf(UsageException.class)
                .hasMessage("no workload of this jar can be used: demo.Hello_Workload is left out: there is no such"
                        + " class");
    }

    private static WorkloadSelection selection(WorkloadBinding<?>... workloads) {
        return new WorkloadSelection(Providers.of(List.of(workloads)));
    }

    private static List<String> names(WorkloadSelection selection, List<String> regexes, String... excludes) {
        return selection.select(regexes, List.of(excludes)).stream()
                .map(binding -> binding.descriptor().name())
                .toList();
    }

    private static FakeBinding workload(String name, boolean main) {
        WorkloadDescriptor.Builder builder = WorkloadDescriptor.of(name, "demo." + name.replace('.', '$'))
                .load(new Load.Closed(1))
                .measurement(Iterations.ofRequests(1, 1));
        return new FakeBinding((main ? builder.main() : builder).build());
    }
}
