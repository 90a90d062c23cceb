package io.inferometer.processor;

import static io.inferometer.processor.Mistakes.assertNoMistakes;
import static io.inferometer.processor.Sources.LOAD;
import static io.inferometer.processor.Sources.MEASUREMENT;
import static io.inferometer.processor.Sources.REQUEST;
import static io.inferometer.processor.Sources.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ServiceIndexTest {
    private static final String COMPLETE = LOAD + MEASUREMENT;

    @Test
    void workloadsAreListedInOrderOfTheirNames() {
        Compiled compiled = assertNoMistakes(workload("q", "B"), workload("p", "C"), workload("p", "A"));

        assertThat(compiled.text(ServiceIndex.PATH)).isEqualTo("p.A_Workload\np.C_Workload\nq.B_Workload\n");
    }

    @Test
    void aCompileOfSomeClassesKeepsTheOthers() {
        Compiled both = assertNoMistakes(workload("p", "A"), workload("p", "B"));

        Compiled one = again(both, workload("p", "B"));

        assertThat(one.index()).containsExactly("p.A_Workload", "p.B_Workload");
    }

    @Test
    void aBindingThatIsNoLongerThereIsDropped() {
        Compiled both = assertNoMistakes(workload("p", "A"), workload("p", "B"));

        Compiled one = again(without(both, "p/A.class", "p/A_Workload.class"), workload("p", "B"));

        assertThat(one.index()).containsExactly("p.B_Workload");
    }

    @Test
    void aBindingWhoseWorkloadIsNoLongerThereIsDropped() {
        Compiled both = assertNoMistakes(workload("p", "A"), workload("p", "B"));

        Compiled one = again(without(both, "p/A.class"), workload("p", "B"));

        assertThat(one.index()).containsExactly("p.B_Workload");
    }

    @Test
    void aClassThatIsNoLongerAWorkloadIsDropped() {
        Compiled both = assertNoMistakes(workload("p", "A"), workload("p", "B"));

        Compiled one = again(both, workload("p", "A").replace("@Workload", ""), workload("p", "B"));

        assertThat(one.index()).containsExactly("p.B_Workload");
    }

    @Test
    void aBindingWrittenByHandIsKept() {
        String byHand = """
                package p;
                import io.inferometer.workload.*;
                import io.inferometer.workload.binding.*;
                public final class ByHand implements WorkloadBinding<Object> {
                    public ByHand() {}
                    @Override public WorkloadDescriptor descriptor() { return null; }
                    @Override public Object create(ParamValues values) { return ""; }
                    @Override public InferenceRequest request(Object workload, RequestContext context) { return null; }
                }
                """;
        Map<String, byte[]> outputs = new TreeMap<>(Compilation.of(byHand).run().outputs());
        outputs.put(ServiceIndex.PATH, "# ours\n\n  p.ByHand # kept\np.Gone\n".getBytes(StandardCharsets.UTF_8));

        Compiled compiled = again(outputs, workload("p", "A"));

        assertThat(compiled.index()).containsExactly("p.A_Workload", "p.ByHand");
    }

    @Test
    void anEarlierOutputNeedNotBeOnTheClassPath() {
        Compiled both = assertNoMistakes(workload("p", "A"), workload("p", "B"));
        Map<String, byte[]> earlier = without(both, "p/B.class", "p/B_Workload.class");

        Compiled compiled = Compilation.of(workload("p", "C"))
                .into(earlier)
                .options("-Xlint:-processing")
                .run();

        assertThat(compiled.complaints()).isEmpty();
        assertThat(compiled.index()).containsExactly("p.A_Workload", "p.C_Workload");
    }

    @Test
    void theLastWorkloadThatIsNoLongerOneIsDropped() {
        String plain = workload("p", "A").replace("@Workload", "");

        assertThat(again(assertNoMistakes(workload("p", "A")), plain).index()).containsExactly("");
        assertThat(elsewhere(assertNoMistakes(workload("p", "A")).outputs(), plain)
                        .index())
                .containsExactly("");
    }

    @Test
    void aNamesakeOfAnEarlierCompileIsAWarning() {
        Compiled compiled = Compilation.of(workload("q", "A"))
                .after(assertNoMistakes(workload("p", "A"), workload("p", "B")).outputs())
                .options("-Xlint:-processing")
                .run();

        assertThat(compiled.complaints())
                .containsExactly(
                        "A.java:6:67 [inferometer:namesake] A workload's name is its own, but q.A and p.A, which was"
                                + " compiled earlier, are both called A on the command line: a run could not say which is meant."
                                + " Rename one class, or remove the class files of the earlier one if it is gone.");
        assertThat(compiled.index()).containsExactly("p.A_Workload", "p.B_Workload", "q.A_Workload");
    }

    @Test
    void aNestedWorkloadIsFoundByItsBindingOrMissed() {
        String nested = file(
                "class Outer_ { static class In { @Workload " + COMPLETE + " static class _A { " + REQUEST + " } } }");
        Map<String, byte[]> earlier = assertNoMistakes(nested).outputs();
        Map<String, byte[]> gone = new TreeMap<>(earlier);
        gone.remove("p/Outer_$In$_A.class");

        assertThat(elsewhere(earlier, workload("p", "B")).index())
                .containsExactly("p.B_Workload", "p.Outer__In__A_Workload");
        assertThat(elsewhere(gone, workload("p", "B")).index()).containsExactly("p.B_Workload");
    }

    /** The output of the compile before is not on the class path of this one. */
    private static Compiled elsewhere(Map<String, byte[]> earlier, String... sources) {
        Compiled compiled = Compilation.of(sources)
                .into(earlier)
                .options("-Xlint:-processing", "-Werror")
                .run();

        assertThat(compiled.complaints()).isEmpty();
        return compiled;
    }

    private static String workload(String packageName, String name) {
        return file(packageName, "@Workload " + COMPLETE + " class " + name + " { " + REQUEST + " }");
    }

    private static Map<String, byte[]> without(Compiled compiled, String... paths) {
        Map<String, byte[]> outputs = new TreeMap<>(compiled.outputs());
        outputs.keySet().removeAll(java.util.List.of(paths));
        return outputs;
    }

    private static Compiled again(Compiled earlier, String... sources) {
        return again(earlier.outputs(), sources);
    }

    /** javac itself warns of a generated class that an earlier compile has left. */
    private static Compiled again(Map<String, byte[]> earlier, String... sources) {
        Compiled compiled = Compilation.of(sources)
                .after(earlier)
                .options("-Xlint:-processing", "-Werror")
                .run();

        assertThat(compiled.complaints()).isEmpty();
        return compiled;
    }
}
