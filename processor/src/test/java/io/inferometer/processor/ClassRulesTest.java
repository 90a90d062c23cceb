package io.inferometer.processor;

import static io.inferometer.processor.Mistakes.assertMistakes;
import static io.inferometer.processor.Mistakes.assertNoMistakes;
import static io.inferometer.processor.Sources.LOAD;
import static io.inferometer.processor.Sources.MEASUREMENT;
import static io.inferometer.processor.Sources.REQUEST;
import static io.inferometer.processor.Sources.file;
import static io.inferometer.processor.Sources.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassRulesTest {
    @Test
    void aWorkloadIsNotDeclaredWithinCode() {
        String local = "@Workload " + LOAD + MEASUREMENT + " class %s { " + REQUEST + " }";

        Compiled compiled = Compilation.of(file("""
                        class Outer {
                            Runnable lambda = () -> { %s };
                            static { %s }
                            void method() { class Local { %s } }
                            Object anonymous = new Object() { %s };
                        }
                        """.formatted(
                                local.formatted("InLambda"),
                                local.formatted("InBlock"),
                                local.formatted("InLocal"),
                                local.formatted("InAnonymous"))))
                .options("-Xlint:-processing")
                .run();

        assertThat(compiled.succeeded()).isFalse();
        assertThat(compiled.complaints())
                .containsExactly(
                        "Outer.java:7:31 " + withinCode("InLambda"),
                        "Outer.java:8:14 " + withinCode("InBlock"),
                        "Outer.java:9:35 " + withinCode("InLocal"),
                        "Outer.java:10:39 " + withinCode("InAnonymous"));
    }

    private static String withinCode(String name) {
        return "[inferometer:local-workload] A workload stands in a package or in another class, but " + name
                + " is declared within code: nothing outside of it could make an instance. Move it out.";
    }

    private static final String COMPLETE = "@Workload " + LOAD + " " + MEASUREMENT + " ";

    @Test
    void aWorkloadIsNoInterface() {
        assertMistakes(
                file("@Workload »interface Chat { @Request Object next(); }"),
                "[inferometer:not-a-class] A workload is a class, but Chat is an interface: each trial makes an instance"
                        + " of it and sets its fields. Make it a class.");
    }

    @Test
    void aWorkloadIsNoRecord() {
        assertMistakes(
                file("@Workload »record Chat(int isl) {}"),
                "[inferometer:not-a-class] A workload is a class, but Chat is a record: each trial makes an instance of"
                        + " it and sets its fields. Make it a class.");
    }

    @Test
    void aWorkloadIsNoEnum() {
        assertMistakes(
                file("@Workload »enum Chat { A }"),
                "[inferometer:not-a-class] A workload is a class, but Chat is an enum: each trial makes an instance of it"
                        + " and sets its fields. Make it a class.");
    }

    @Test
    void aWorkloadIsNoAnnotationType() {
        assertMistakes(
                file("@Workload @»interface Chat {}"),
                "[inferometer:not-a-class] A workload is a class, but Chat is an annotation type: each trial makes an"
                        + " instance of it and sets its fields. Make it a class.");
    }

    @Test
    void aWorkloadIsConcrete() {
        assertMistakes(
                file(COMPLETE + "abstract »class Chat { " + REQUEST + " }"),
                "[inferometer:abstract-workload] A workload is concrete, but Chat is abstract: each trial makes an"
                        + " instance of it. Remove abstract, or move @Workload to its subclasses, which inherit every"
                        + " other annotation.");
    }

    @Test
    void aWorkloadIsNotGeneric() {
        assertMistakes(
                file(COMPLETE + "»class Chat<A, B> { " + REQUEST + " }"),
                "[inferometer:generic-workload] A workload has no type parameters, but Chat has <A, B>: nothing says what"
                        + " they stand for. Move @Workload to a subclass that fills them in.");
    }

    @Test
    void aNestedWorkloadIsStatic() {
        assertMistakes(
                file("class Outer { " + COMPLETE + "»class Chat { " + REQUEST + " } }"),
                "[inferometer:inner-workload] A nested workload is static, but Chat is not: each trial makes an instance"
                        + " of it, and there is no Outer to make it in. Add static.");
    }

    @Test
    void aWorkloadAndTheClassesAroundItAreNotPrivate() {
        assertMistakes(
                file("class Outer { private static »class Middle { " + COMPLETE + "private static »class Chat { "
                        + REQUEST + " } } }"),
                "[inferometer:private-workload] A workload is visible in its package, but Middle is private: the"
                        + " generated Outer_Middle_Chat_Workload stands beside it and could not name it. Remove private.",
                "[inferometer:private-workload] A workload is visible in its package, but Chat is private: the generated"
                        + " Outer_Middle_Chat_Workload stands beside it and could not name it. Remove private.");
    }

    @Test
    void aWorkloadIsInANamedPackage() {
        assertMistakes(
                with("").replace("package p;", "").replace("class Chat", "»class Chat"),
                "[inferometer:default-package] A workload is in a named package, but Chat is in none: a class without a"
                        + " package cannot be told from its namesakes in other jars. Add a package declaration.");
    }

    @Test
    void aWorkloadHasAConstructorWithoutParameters() {
        assertMistakes(
                with("Chat(String name) {}").replace("class Chat", "»class Chat"),
                "[inferometer:no-constructor] A workload has a constructor without parameters, but Chat has none: each"
                        + " trial makes an instance of it and has nothing to pass. Add one, and take what varies from"
                        + " @Param fields.");
    }

    @Test
    void theConstructorIsNotPrivate() {
        assertMistakes(
                with("private »Chat() {}"),
                "[inferometer:private-constructor] A workload's constructor is visible in its package, but that of Chat"
                        + " is private: the generated Chat_Workload calls it. Remove private.");
    }

    @Test
    void theConstructorThrowsNoCheckedException() {
        assertMistakes(
                with("»Chat() throws java.io.IOException, IllegalStateException {}"),
                "[inferometer:throwing-constructor] A workload's constructor throws no checked exception, but that of"
                        + " Chat throws IOException: making an instance is not where a trial may fail. Move the work to a"
                        + " @Setup method.");
    }

    @Test
    void whatThePackageCanSeeWillDo() {
        assertNoMistakes(file(
                "class Outer { " + COMPLETE + "protected static class Chat { protected Chat() {} " + REQUEST + " } }"));
    }
}
