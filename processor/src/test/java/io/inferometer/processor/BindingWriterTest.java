package io.inferometer.processor;

import static io.inferometer.processor.Mistakes.assertNoMistakes;
import static io.inferometer.processor.Sources.LOAD;
import static io.inferometer.processor.Sources.MEASUREMENT;
import static io.inferometer.processor.Sources.REQUEST;
import static io.inferometer.processor.Sources.file;
import static io.inferometer.processor.Sources.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.inferometer.workload.Answer;
import io.inferometer.workload.InferenceRequest;
import io.inferometer.workload.IterationContext;
import io.inferometer.workload.Load;
import io.inferometer.workload.NextTurn;
import io.inferometer.workload.RequestContext;
import io.inferometer.workload.TrialContext;
import io.inferometer.workload.TurnContext;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindingWriterTest {
    private static final TrialContext TRIAL =
            new TrialContext(0, 0, "m", "", new Load.Closed(4), 7, false, 0, 1, OptionalLong.of(10));

    private static final IterationContext ITERATION = new IterationContext(TRIAL, true, 2);

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
    void aWorkloadThatIsAskedTurnByTurn() throws Exception {
        Compiled compiled = assertNoMistakes(Golden.read("Conversation.java"));
        Golden.assertSealed("Conversation_Workload.java", compiled.text("com/example/Conversation_Workload.java"));
        @SuppressWarnings("unchecked")
        WorkloadBinding<Object> binding =
                (WorkloadBinding<Object>) compiled.binding("com.example.Conversation_Workload");
        Object workload = binding.create(ParamValues.NONE);

        assertThat(binding.inSessions()).isTrue();
        assertThat(binding.descriptor().schedule().measurement()).isEqualTo(Iterations.ofSessions(1, 20));
        assertThat(binding.next(workload, TurnContext.first(TRIAL, 3)))
                .isEqualTo(NextTurn.ask(InferenceRequest.chat("session 3, turn 0")));
        assertThat(catchThrowable(() -> binding.request(workload, new RequestContext(TRIAL, false, 0, 0))))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("Conversation has no @Request method");
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

        binding.setup(workload, TRIAL);
        assertThat(workload).hasToString("zeroth first third second7");

        binding.setup(workload, ITERATION);
        assertThat(workload).hasToString("zeroth first third second7 each");
    }

    @Test
    void aStepOfAnIterationMayAskWhichItIs() throws Exception {
        WorkloadBinding<Object> binding = binding(file("""
                        @Workload class Chat extends Base {
                            @Override void first() {}
                            @Setup(Level.ITERATION) void told(io.inferometer.workload.IterationContext iteration) {
                                calls.add(iteration.warmup() + " " + iteration.iteration() + " " + iteration.trial().seed());
                            }
                            @TearDown(Level.ITERATION) void ofTrial(TrialContext trial) { calls.add("of " + trial.seed()); }
                        }
                        """), BASE);
        Object workload = binding.create(ParamValues.NONE);

        binding.setup(workload, ITERATION);
        binding.tearDown(workload, ITERATION);

        assertThat(workload).hasToString("each true 2 7 of 7");
    }

    @Test
    void whatASuperclassLeavesOpenIsFilledIn() throws Exception {
        WorkloadBinding<Object> binding =
                binding(file("""
                        @Workload class Chat extends Middle<Mode> {
                            @Override public InferenceRequest made(int index) { return InferenceRequest.chat(mode + " " + index); }
                        }
                        """), file("enum Mode { FAST, SLOW }"), file("""
                        abstract class Middle<M extends Enum<M>>
                                extends Generic<InferenceRequest, TrialContext, io.inferometer.workload.Answer, M, String,
                                        java.io.IOException> {}
                        """), file(LOAD + MEASUREMENT + """
                        abstract class Generic<R, T, A, M, S, E extends Throwable> {
                            @Param("FAST") M mode;
                            @Param("some") S text;
                            T trial;
                            abstract R made(int index);
                            @Setup void open(T trial) throws E { this.trial = trial; }
                            @Setup(Level.ITERATION) <I extends io.inferometer.workload.IterationContext> void each(I i) {}
                            @Request public R next(RequestContext context) throws E { return made((int) context.index()); }
                            @Check S wrong(A answer, RequestContext context) { return text; }
                            @Override public String toString() { return text + " " + trial; }
                        }
                        """));
        Object workload = binding.create(new ParamValues(Map.of("mode", "SLOW", "text", "other")));

        binding.setup(workload, TRIAL);
        binding.setup(workload, ITERATION);

        assertThat(workload).hasToString("other " + TRIAL);
        assertThat(binding.request(workload, new RequestContext(TRIAL, false, 0, 3)))
                .isEqualTo(InferenceRequest.chat("SLOW 3"));
        assertThat(binding.check(workload, answer(""), new RequestContext(TRIAL, false, 0, 3)))
                .isEqualTo("other");
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

        binding.setup(workload, TRIAL);
        binding.setup(workload, ITERATION);

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

        binding.tearDown(workload, ITERATION);
        assertThat(workload).hasToString("");

        binding.tearDown(workload, TRIAL);
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

        Throwable thrown = catchThrowable(() -> binding.tearDown(workload, TRIAL));

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
        Compiled compiled = Compilation.of(
                        "module m { exports p; provides io.inferometer.workload.binding.WorkloadBinding with"
                                + " p.Chat_Workload; }",
                        with(""))
                .options("--add-reads", "m=ALL-UNNAMED", "-Werror")
                .run();

        assertThat(compiled.complaints()).isEmpty();
        assertThat(compiled.text("p/Chat_Workload.java"))
                .contains("@SuppressWarnings(\"exports\")\npublic final class Chat_Workload")
                .doesNotContain("Generated");
    }

    @Test
    void whatIsNotAsciiIsWrittenAsAnEscape() {
        Compiled compiled =
                assertNoMistakes(file("""
                @Workload("prüft \\u0041 \\\\u0041 \\\\é 日本 😀") @Model("größe") class Größe {
                    @Param("ä") String frage;
                    REQUEST
                }
                """.replace("REQUEST", REQUEST).replace("class", LOAD + MEASUREMENT + " class")));

        assertThat(compiled.text("p/Größe_Workload.java")).matches("\\p{ASCII}*");
        WorkloadDescriptor descriptor = compiled.binding("p.Größe_Workload").descriptor();
        assertThat(descriptor.name()).isEqualTo("Größe");
        assertThat(descriptor.identity().description()).isEqualTo("prüft A \\u0041 \\é 日本 😀");
        assertThat(descriptor.model().name()).isEqualTo("größe");
        assertThat(descriptor.params().get(0).values()).containsExactly("ä");
    }

    /** What ends a line in Unicode, what ends a string, lone surrogates: 16,384 characters a value. */
    @Test
    void anyCharacterMayStandInAText() {
        List<String> values = IntStream.range(0, 4)
                .mapToObj(quarter -> IntStream.range(quarter << 14, (quarter + 1) << 14)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining()))
                .toList();
        String written = values.stream()
                .map(value -> value.chars()
                        .mapToObj(c -> (c < 0x100 ? "\\%03o" : "\\u%04x").formatted(c))
                        .collect(Collectors.joining("", "\"", "\"")))
                .collect(Collectors.joining(", "));

        WorkloadDescriptor descriptor =
                binding(with("@Param({" + written + "}) String text;")).descriptor();

        assertThat(descriptor.params().get(0).values()).isEqualTo(values);
    }

    /** Each workload is called like something that its own binding uses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Level",
                "Load",
                "Iterations",
                "WorkloadDescriptor",
                "Duration",
                "Calls",
                "String",
                "Exception",
                "Object",
                "Override",
                "Generated",
                "SuppressWarnings",
                "WorkloadBinding",
                "IterationContext",
                "Answer",
                "Error"
            })
    void namesThatTheBindingUsesMayBeThoseOfTheWorkload(String name) {
        Compiled compiled = assertNoMistakes(EVERY_NAME.replace("NAME", name));

        assertThat(compiled.binding("p." + name + "_Workload").descriptor().name())
                .isEqualTo(name);
    }

    /** Its package has a type for every name that the binding uses. */
    @Test
    void namesThatTheBindingUsesMayBeThoseOfItsNeighbours() {
        String workload = EVERY_NAME.replace("NAME", "Chat");
        String binding = assertNoMistakes(workload).text("p/Chat_Workload.java");
        List<String> neighbours = Pattern.compile("\\b[A-Z]\\w*[a-z]\\w*")
                .matcher(binding)
                .results()
                .map(MatchResult::group)
                .distinct()
                .filter(name -> !name.startsWith("Chat"))
                .toList();
        assertThat(neighbours).contains("String", "Exception", "Override", "Duration", "Mode");

        Compiled compiled = assertNoMistakes(Stream.concat(
                        Stream.of(workload),
                        neighbours.stream()
                                .filter(name -> !name.equals("Mode"))
                                .map(name -> "package p;\nclass " + name + " {}"))
                .toArray(String[]::new));

        assertThat(compiled.binding("p.Chat_Workload").descriptor().name()).isEqualTo("Chat");
    }

    /** A workload that names nothing by its simple name, and whose binding uses all that a binding can. */
    private static final String EVERY_NAME = """
            package p;
            @io.inferometer.annotations.Workload("a workload")
            @io.inferometer.annotations.OpenLoop(rate = 1)
            @io.inferometer.annotations.Measurement(time = 1, timeUnit = java.util.concurrent.TimeUnit.MICROSECONDS)
            @io.inferometer.annotations.Env(name = "A", sets = io.inferometer.annotations.Setting.MODEL)
            @io.inferometer.annotations.Results(file = "r")
            @io.inferometer.annotations.Timeout(3)
            @java.lang.Deprecated
            class NAME {
                enum Mode { FAST }
                @io.inferometer.annotations.Param("1") int workload;
                @io.inferometer.annotations.Param("1") java.lang.String values;
                @io.inferometer.annotations.Param("FAST") Mode mode;
                @io.inferometer.annotations.Setup void values() throws java.lang.Exception {}
                @io.inferometer.annotations.TearDown void level() {}
                @io.inferometer.annotations.TearDown void trial() {}
                @io.inferometer.annotations.TearDown(io.inferometer.annotations.Level.ITERATION) void iteration() {}
                @io.inferometer.annotations.Check java.lang.String answer(io.inferometer.workload.Answer answer) {
                    return "";
                }
                @io.inferometer.annotations.Request io.inferometer.workload.InferenceRequest context()
                        throws java.lang.Exception {
                    return io.inferometer.workload.InferenceRequest.chat("hi");
                }
            }
            """;

    @SuppressWarnings("unchecked")
    private static WorkloadBinding<Object> binding(String... sources) {
        return (WorkloadBinding<Object>) assertNoMistakes(sources).binding("p.Chat_Workload");
    }
}
