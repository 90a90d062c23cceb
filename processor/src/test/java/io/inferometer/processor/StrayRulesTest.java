package io.inferometer.processor;

import static io.inferometer.processor.Mistakes.assertMistakes;
import static io.inferometer.processor.Mistakes.assertNoMistakes;
import static io.inferometer.processor.Sources.file;

import org.junit.jupiter.api.Test;

class StrayRulesTest {
    @Test
    void annotationsOnTheMembersOfAnInterfaceAreStray() {
        assertMistakes(
                file("interface Chat { »@Request InferenceRequest next(); »@Param(\"1\") int ISL = 1; }"),
                "[inferometer:stray] @Request is read on a workload class and its superclasses, but Chat is an interface:"
                        + " it would do nothing here. Move it to a class.",
                "[inferometer:stray] @Param is read on a workload class and its superclasses, but Chat is an interface: it"
                        + " would do nothing here. Move it to a class.");
    }

    @Test
    void annotationsOnARecordAreStray() {
        assertMistakes(
                file("»@Model(\"m\") record Chat(»@Param(\"1\") int isl) { »@Setup void open() {} }"),
                "[inferometer:stray] @Model is read on a workload class and its superclasses, but Chat is a record: it"
                        + " would do nothing here. Move it to a class.",
                "[inferometer:stray] @Param is read on a workload class and its superclasses, but Chat is a record: it"
                        + " would do nothing here. Move it to a class.",
                "[inferometer:stray] @Setup is read on a workload class and its superclasses, but Chat is a record: it"
                        + " would do nothing here. Move it to a class.");
    }

    @Test
    void annotationsOnAnEnumAreStray() {
        assertMistakes(
                file("enum Chat { A; »@TearDown void close() {} }"),
                "[inferometer:stray] @TearDown is read on a workload class and its superclasses, but Chat is an enum: it"
                        + " would do nothing here. Move it to a class.");
    }

    @Test
    void annotationsOnAFinalClassThatIsNoWorkloadAreStray() {
        assertMistakes(
                file("»@Env(name = \"A\", sets = Setting.URL) »@Env(name = \"B\", sets = Setting.URL)\n"
                        + "»@AllAtOnce final class Chat { »@Request InferenceRequest next() { return null; } }"),
                "[inferometer:stray] @Env is read on a workload class and its superclasses, but Chat is a final class"
                        + " without @Workload: it would do nothing here. Add @Workload, or remove it.",
                "[inferometer:stray] @Env is read on a workload class and its superclasses, but Chat is a final class"
                        + " without @Workload: it would do nothing here. Add @Workload, or remove it.",
                "[inferometer:stray] @AllAtOnce is read on a workload class and its superclasses, but Chat is a final"
                        + " class without @Workload: it would do nothing here. Add @Workload, or remove it.",
                "[inferometer:stray] @Request is read on a workload class and its superclasses, but Chat is a final class"
                        + " without @Workload: it would do nothing here. Add @Workload, or remove it.");
    }

    @Test
    void onAnyOtherClassTheyMayBeInherited() {
        assertNoMistakes(file("@AllAtOnce class Base { @Request InferenceRequest next() { return null; } }"));
    }
}
