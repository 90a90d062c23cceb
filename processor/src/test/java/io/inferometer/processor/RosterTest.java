package io.inferometer.processor;

import static io.inferometer.processor.Mistakes.assertMistakes;
import static io.inferometer.processor.Sources.LOAD;
import static io.inferometer.processor.Sources.MEASUREMENT;
import static io.inferometer.processor.Sources.REQUEST;
import static io.inferometer.processor.Sources.file;

import java.util.List;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final String COMPLETE = LOAD + MEASUREMENT;

    @Test
    void aNameIsGivenOnce() {
        assertMistakes(
                List.of(
                        file("b", "»@Workload " + COMPLETE + " class Chat { " + REQUEST + " }"),
                        file("a", "@Workload " + COMPLETE + " class Chat { " + REQUEST + " }")),
                "[inferometer:same-name] A workload's name is its own, but a.Chat and b.Chat are both called Chat on the"
                        + " command line: a run could not say which is meant. Rename one class.");
    }

    @Test
    void aBindingIsWrittenOnce() {
        assertMistakes(
                List.of(
                        file("»@Workload " + COMPLETE + " class Outer_Chat { " + REQUEST + " }"),
                        file("class Outer { @Workload " + COMPLETE + " static class Chat { " + REQUEST + " } }")),
                "[inferometer:same-binding] A workload's generated class is its own, but p.Outer.Chat and p.Outer_Chat"
                        + " would both be called through Outer_Chat_Workload: one file cannot be written twice. Rename"
                        + " one class.");
    }

    @Test
    void oneWorkloadIsTheMainOne() {
        assertMistakes(
                List.of(
                        file("@Workload(main = »true) " + COMPLETE + " class Second { " + REQUEST + " }"),
                        file("@Workload(main = true) " + COMPLETE + " class First { " + REQUEST + " }"),
                        file("@Workload(main = false) " + COMPLETE + " class Zeroth { " + REQUEST + " }")),
                "[inferometer:two-mains] At most one workload is the main one, but p.First and p.Second both are: a run"
                        + " without a name could not say which is meant. Remove main = true from one.");
    }
}
