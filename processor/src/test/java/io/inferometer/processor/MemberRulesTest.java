package io.inferometer.processor;

import static io.inferometer.processor.Mistakes.assertMistakes;
import static io.inferometer.processor.Mistakes.assertNoMistakes;
import static io.inferometer.processor.Sources.LOAD;
import static io.inferometer.processor.Sources.MEASUREMENT;
import static io.inferometer.processor.Sources.REQUEST;
import static io.inferometer.processor.Sources.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemberRulesTest {
    private static final String COMPLETE = LOAD + MEASUREMENT;

    @Test
    void membersFromAnotherPackageArePublic() {
        assertMistakes(
                List.of(file("@Workload class Chat extends q.Base {}"), file("q", COMPLETE + """
                                        public class Base {
                                            @Param("1") int »isl;
                                            @Param("1") protected int »osl;
                                            @Request InferenceRequest »next() { return null; }
                                            @Setup protected void »open() {}
                                            @TearDown public void close() {}
                                        }
                                        """)),
                "[inferometer:unreachable] A workload's members are visible in its package, but Base.isl is"
                        + " package-private in q, and the generated Chat_Workload in p uses it. Make it public.",
                "[inferometer:unreachable] A workload's members are visible in its package, but Base.osl is protected in"
                        + " q, and the generated Chat_Workload in p uses it. Make it public.",
                "[inferometer:unreachable] A workload's members are visible in its package, but Base.next() is"
                        + " package-private in q, and the generated Chat_Workload in p uses it. Make it public.",
                "[inferometer:unreachable] A workload's members are visible in its package, but Base.open() is protected"
                        + " in q, and the generated Chat_Workload in p uses it. Make it public.");
    }

    @Test
    void publicMembersOfAHiddenClassOfAnotherPackageWillDo() {
        Compiled compiled = assertNoMistakes(
                file("@Workload class Chat extends q.Base {}"),
                file(
                        "q",
                        "public class Base extends Hidden {}\n" + COMPLETE
                                + "class Hidden { @Param(\"1\") public int isl; @Setup public void open() {} "
                                + REQUEST.replace("@Request", "@Request public") + " }"));

        assertThat(compiled.index()).containsExactly("p.Chat_Workload");
    }

    @Test
    void packagePrivateMembersDoNotPassThroughAnotherPackage() {
        assertMistakes(
                List.of(
                        file("@Workload class Chat extends q.Middle {}"),
                        file(COMPLETE + "public class Base { @Setup void »open() {} @Setup protected void warm() {} "
                                + REQUEST.replace("@Request", "@Request public") + " }"),
                        file("q", "public class Middle extends p.Base {}")),
                "[inferometer:unreachable] A workload's members are visible in its package, but Base.open() is"
                        + " package-private in p, and the generated Chat_Workload in p uses it. Make it public.");
    }

    @Test
    void anOverrideMayOpenWhatItOverrides() {
        assertNoMistakes(
                file("@Workload class Chat extends q.Base {\n"
                        + "  @Override protected InferenceRequest next() { return InferenceRequest.chat(\"hi\"); }\n}"),
                file(
                        "q",
                        COMPLETE
                                + "public abstract class Base { @Request protected abstract InferenceRequest next(); }"));
    }

    @Test
    void whatWasCompiledEarlierIsShownAtTheWorkload() {
        Compiled library = assertNoMistakes(file(
                "q", LOAD + " @Measurement(requests = 0) public class Base { @Setup void open() {} " + REQUEST + "}"));

        Compiled compiled = Compilation.of(file("@Workload class Chat extends q.Base {}"))
                .after(library.outputs())
                .run();

        assertThat(compiled.complaints())
                .containsExactly(
                        "Chat.java:6:11 [inferometer:extent-value] requests of @Measurement is at least 1, not 0: an"
                                + " iteration would end before its first request. Write 1 or more, or leave it out."
                                + " (Inherited from q.Base.)",
                        "Chat.java:6:11 [inferometer:unreachable] A workload's members are visible in its package, but"
                                + " Base.open() is package-private in q, and the generated Chat_Workload in p uses it."
                                + " Make it public. (Inherited from q.Base.)",
                        "Chat.java:6:11 [inferometer:unreachable] A workload's members are visible in its package, but"
                                + " Base.next() is package-private in q, and the generated Chat_Workload in p uses it."
                                + " Make it public. (Inherited from q.Base.)");
    }
}
