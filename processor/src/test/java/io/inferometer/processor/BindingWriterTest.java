package io.inferometer.processor;

import static io.inferometer.processor.Mistakes.assertNoMistakes;
import static io.inferometer.processor.Sources.LOAD;
import static io.inferometer.processor.Sources.MEASUREMENT;
import static io.inferometer.processor.Sources.REQUEST;
import static io.inferometer.processor.Sources.file;
import static io.inferometer.processor.Sources.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.inferometer.annotations.Level;
import io.inferometer.workload.Answer;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.Load;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BindingWriterTest {
    private static final TrialContext TRIAL =
            new TrialContext(0, 0, "m", "", new Load.Closed(4), 7, false, 0, 1, OptionalLong.of(10));

    /** A superclass that notes its calls. */
    private static final String BASE = file(LOAD + MEASUREMENT + """
            abstract class Base {
                final java.util.List<String> calls = new java.util.ArrayList<>();
                @Override public String toString() { return String.join(" ", calls); }
                @Setup void zeroth() { calls.add("zeroth"); }
                @Setup abstract void first();
                @Setup(Level.ITERATION) void each() { calls.add("each"); }
                @TearDown void last(TrialContext trial) throws Exception { calls.add("last" + trial.seed()); }
                @TearDown void veryLast() throws java.io.IOException { calls.add("veryLast"); }
                @Request InferenceRequest next(RequestContext context) {
                    return InferenceRequest.chat("prompt " + context.index());
                }
            }
            """);

    @Test
    void theSmallestWorkload() {
        Compiled compiled = assertNoMistakes(Golden.read("Hello.java"));

        Golden.assertSealed("Hello_Workload.java", compiled.text("com/example/Hello_Workload.java"));
    }

    @Test
    void aWorkloadThatDeclaresEverything() {
        Compiled compiled = assertNoMistakes(Golden.read("Everything.java"));

        Golden.assertSealed("Everything_Workload.java", compiled.text("com/example/Everything_Workload.java"));
    }

    @Test
    void aNestedWorkloadThatInheritsAndIsDeprecated() {
        Compiled compiled = assertNoMistakes(Golden.read("Base.java"), Golden.read("Agents.java"));

        Golden.assertSealed("Agents_Deep_Workload.java", compiled.text("com/example/Agents_Deep_Workload.java"));
    }

    @Test
    void theDescriptorNamesTheWorkload() {
        Compiled compiled = assertNoMistakes(Golden.read("Base.java"), Golden.read("Agents.java"));

        WorkloadBinding<?> binding = compiled.binding("com.example.Agents_Deep_Workload");

        assertThat(binding.descriptor().name()).isEqualTo("Agents.Deep");
        assertThat(binding.descriptor().className()).isEqualTo("com.example.Agents$Deep");
        assertThat(binding.descriptor()).isSameAs(binding.descriptor());
    }

    @Test
    void theFieldsAreSetBeforeAnythingIsCalled() {
        WorkloadBinding<Object> binding = binding(with("""
                enum Mode { FAST, SLOW }
                @Param("a") String text;
                @Param("true") boolean flag;
                @Param("1") int whole;
                @Param("1") long big;
                @Param("1") double decimal;
                @Param("FAST") Mode mode;
                @Override public String toString() {
                    return text + " " + flag + " " + whole + " " + big + " " + decimal + " " + mode;
                }
                """));
        Map<String, String> values = new LinkedHashMap<>();
        values.put("text", "b");
        values.put("flag", "false");
        values.put("whole", "-2");
        values.put("big", "9000000000");
        values.put("decimal", "0.25");
        values.put("mode", "SLOW");

        Object workload = binding.create(new ParamValues(values));

        assertThat(workload).hasToString("b false -2 9000000000 0.25 SLOW");
    }

    @Test
    void eachWorkloadIsAnInstanceOfItsOwn() {
        WorkloadBinding<Object> binding = binding(with(""));

        assertThat(binding.create(ParamValues.NONE)).isNotSameAs(binding.create(ParamValues.NONE));
    }

    @Test
    void theRequestMethodIsCalledWithItsContext() throws Exception {
        WorkloadBinding<Object> binding =
                binding(file("@Workload class Chat extends Base { @Override void first() {} }"), BASE);
        Object workload = binding.create(ParamValues.NONE);

        InferenceRequest request = binding.request(workload, new RequestContext(TRIAL, false, 0, 3));

        assertThat(request).isEqualTo(InferenceRequest.chat("prompt 3"));
    }

    @Test
    void setupsAreCalledSuperclassFirstAndThenAsWritten() throws Exception {
        WorkloadBinding<Object> binding = binding(file("""
                        @Workload class Chat extends Base {
                            @Setup void third() { calls.add("third"); }
                            @Override void first() { calls.add("first"); }
                            @Setup void second(TrialContext trial) { calls.add("second" + trial.seed()); }
                        }
                        """), BASE);
        Object workload = binding.create(ParamValues.NONE);

        binding.setup(workload, Level.TRIAL, TRIAL);
        assertThat(workload).hasToString("zeroth first third second7");

        binding.setup(workload, Level.ITERATION, TRIAL);
        assertThat(workload).hasToString("zeroth first third second7 each");
    }

    @Test
    void anOverrideThatIsAnnotatedAnewTakesItsNewPlaceAndLevel() throws Exception {
        WorkloadBinding<Object> binding = binding(file("""
                        @Workload class Chat extends Base {
                            @Override void first() { calls.add("first"); }
                            @Setup @Override void zeroth() { calls.add("moved"); }
                            @Setup @Override void each() { calls.add("once"); }
                        }
                        """), BASE);
        Object workload = binding.create(ParamValues.NONE);

        binding.setup(workload, Level.TRIAL, TRIAL);
        binding.setup(workload, Level.ITERATION, TRIAL);

        assertThat(workload).hasToString("first moved once");
    }

    @Test
    void tearDownsAreCalledSubclassFirstAndThenAsWritten() throws Exception {
        WorkloadBinding<Object> binding = binding(file("""
                        @Workload class Chat extends Base {
                            @Override void first() {}
                            @TearDown void early() { calls.add("early"); }
                            @Override void veryLast() { calls.add("overridden"); }
                            @TearDown void late() { calls.add("late"); }
                        }
                        """), BASE);
        Object workload = binding.create(ParamValues.NONE);

        binding.tearDown(workload, Level.ITERATION, TRIAL);
        assertThat(workload).hasToString("");

        binding.tearDown(workload, Level.TRIAL, TRIAL);
        assertThat(workload).hasToString("early late last7 overridden");
    }

    @Test
    void aTearDownThatFailsKeepsNoOtherFromBeingCalled() {
        WorkloadBinding<Object> binding = binding(file("""
                        @Workload class Chat extends Base {
                            @Override void first() {}
                            @TearDown void early() { throw new IllegalStateException("early"); }
                            @Override void veryLast() throws java.io.IOException { throw new java.io.IOException("late"); }
                        }
                        """), BASE);
        Object workload = binding.create(ParamValues.NONE);

        Throwable thrown = catchThrowable(() -> binding.tearDown(workload, Level.TRIAL, TRIAL));

        assertThat(workload).hasToString("last7");
        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessage("early");
        assertThat(thrown.getSuppressed()).singleElement().asString().isEqualTo("java.io.IOException: late");
    }

    @Test
    void aWorkloadWithoutACheckChecksNothing() throws Exception {
        WorkloadBinding<Object> binding = binding(with(""));

        assertThat(binding.checksAnswers()).isFalse();
        assertThat(binding.check(
                        binding.create(ParamValues.NONE), answer("42"), new RequestContext(TRIAL, false, 0, 0)))
                .isEmpty();
    }

    @Test
    void aCheckThatIsFalseSaysWhichItWas() throws Exception {
        assertThat(checked(
                        "@Check boolean right(io.inferometer.workload.Answer answer) { return answer.text().equals(\"42\"); }",
                        "42"))
                .isEmpty();
        assertThat(checked(
                        "@Check boolean right(io.inferometer.workload.Answer answer) { return answer.text().equals(\"42\"); }",
                        "41"))
                .isEqualTo("right is false of it");
    }

    @Test
    void aCheckMayReturnWhatIsWrongOrThrowIt() throws Exception {
        String returning = "@Check String problem(io.inferometer.workload.Answer answer, RequestContext context) {"
                + " return answer.text().isEmpty() ? \"no answer to \" + context.index() : null; }";
        String throwing = "@Check void right(io.inferometer.workload.Answer answer) throws java.io.IOException {"
                + " if (answer.text().isEmpty()) throw new java.io.IOException(\"no answer\"); }";

        assertThat(checked(returning, "")).isEqualTo("no answer to 3");
        assertThat(checked(returning, "42")).isNull();
        assertThat(checked(throwing, "42")).isEmpty();
        assertThat(catchThrowable(() -> checked(throwing, ""))).hasMessage("no answer");
    }

    private static String checked(String method, String answer) throws Exception {
        WorkloadBinding<Object> binding = binding(with(method));
        assertThat(binding.checksAnswers()).isTrue();
        return binding.check(binding.create(ParamValues.NONE), answer(answer), new RequestContext(TRIAL, false, 0, 3));
    }

    private static Answer answer(String text) {
        return new Answer(text, "", OptionalInt.empty(), OptionalInt.empty());
    }

    @Test
    void deprecatedMembersBringNoWarning() {
        assertNoMistakes(with("""
                @Deprecated @Param("1") int isl;
                @Deprecated(forRemoval = true) @Setup void open() {}
                """));
    }

    @Test
    void rawAndUncheckedCodeOfTheWorkloadBringsNoWarningOfTheBinding() {
        assertNoMistakes(file(
                """
                @SuppressWarnings("rawtypes")
                @Workload class Chat extends Base {
                    @Setup void open() {}
                }
                """ + LOAD + MEASUREMENT + " class Base<T> { T held; " + REQUEST + " @TearDown void close() {} }"));
    }

    @Test
    void aModuleNeedNeitherExportTheWorkloadNorRequireTheCompiler() {
        Compiled compiled = Compilation.of("module m { exports p; }", with(""))
                .options("--add-reads", "m=ALL-UNNAMED", "-Werror")
                .run();

        assertThat(compiled.complaints()).isEmpty();
        assertThat(compiled.text("p/Chat_Workload.java"))
                .contains("@SuppressWarnings(\"exports\")\npublic final class Chat_Workload")
                .doesNotContain("Generated");
    }

    @Test
    void namesThatTheBindingUsesMayBeThoseOfTheWorkload() {
        List<String> names = List.of("Level", "ClosedLoop", "Iterations", "WorkloadDescriptor", "Duration", "Calls");

        for (String name : names) {
            Compiled compiled = assertNoMistakes("""
                    package p;
                    @io.inferometer.annotations.Workload
                    @io.inferometer.annotations.ClosedLoop(concurrency = 1)
                    @io.inferometer.annotations.Measurement(time = 1)
                    class NAME {
                        @io.inferometer.annotations.Param("1") int workload;
                        @io.inferometer.annotations.Setup void values() {}
                        @io.inferometer.annotations.TearDown void level() {}
                        @io.inferometer.annotations.TearDown void trial() {}
                        @io.inferometer.annotations.Request io.inferometer.workload.InferenceRequest context() {
                            return io.inferometer.workload.InferenceRequest.chat("hi");
                        }
                    }
                    """.replace("NAME", name));

            assertThat(compiled.binding("p." + name + "_Workload").descriptor().name())
                    .isEqualTo(name);
        }
    }

    @SuppressWarnings("unchecked")
    private static WorkloadBinding<Object> binding(String... sources) {
        return (WorkloadBinding<Object>) assertNoMistakes(sources).binding("p.Chat_Workload");
    }
}
