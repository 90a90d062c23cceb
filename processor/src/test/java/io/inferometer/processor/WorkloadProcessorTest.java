package io.inferometer.processor;

import static io.inferometer.processor.Mistakes.assertMistakes;
import static io.inferometer.processor.Mistakes.assertNoMistakes;
import static io.inferometer.processor.Sources.LOAD;
import static io.inferometer.processor.Sources.MEASUREMENT;
import static io.inferometer.processor.Sources.REQUEST;
import static io.inferometer.processor.Sources.annotated;
import static io.inferometer.processor.Sources.file;
import static io.inferometer.processor.Sources.with;
import static io.inferometer.processor.Sources.workload;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;

class WorkloadProcessorTest {
    @Test
    void allMistakesOfAClassComeInOneCompileEachAtItsLine() {
        assertMistakes(
                file("""
                        @Workload(»"two\\nlines")
                        @Endpoint(»"example.com")
                        @ClosedLoop(concurrency = {4, »0})
                        @Measurement(requests = 10, time = »5)
                        class Chat {
                            @Param(»"1k")
                            int isl;

                            @Request
                            String »next() {
                                return "hi";
                            }
                        }
                        """),
                "[inferometer:description] A workload's description is one line, but that of Chat has a line break: it"
                        + " stands in a row of lists and tables. Write it in one line.",
                "[inferometer:endpoint-url] An endpoint is sim:PROFILE, or an http or https URL, not \"example.com\": it"
                        + " does not start with http:// or https://. Write it like https://example.com/v1 or"
                        + " sim:metronome?ttft=50&itl=10.",
                "[inferometer:concurrency] A concurrency is at least 1, not 0: without a slot no request is sent. Write 1"
                        + " or more.",
                "[inferometer:two-extents] An iteration has exactly one of requests, requestsPerSlot, sessions and time, but"
                        + " @Measurement gives requests and time: they end it at different moments. Keep one.",
                "[inferometer:param-value] A value of Chat.isl is a whole number of 32 bits, not \"1k\": the field is an"
                        + " int. Write such a value, or change the field's type.",
                "[inferometer:request-result] A @Request method returns an InferenceRequest, but Chat.next() returns a"
                        + " String: the harness sends what it returns. Return InferenceRequest.chat(...).");
    }

    @Test
    void nothingIsWrittenForAMistakenClassAndNoIndexOfAFailedCompile() {
        Compiled compiled = Compilation.of(
                        workload("@ClosedLoop(concurrency = 0) " + MEASUREMENT, REQUEST),
                        file("@Workload " + LOAD + MEASUREMENT + " class Other { " + REQUEST + " }"))
                .run();

        assertThat(compiled.succeeded()).isFalse();
        assertThat(compiled.outputs()).containsOnlyKeys("p/Other_Workload.java");
    }

    @Test
    void aMistakeThatTwoWorkloadsInheritIsReportedOnce() {
        assertMistakes(
                file("@Workload class First extends Base {}\n@Workload class Second extends Base {}\n"
                        + "@ClosedLoop(concurrency = »0)" + MEASUREMENT + " class Base { " + REQUEST + " }"),
                "[inferometer:concurrency] A concurrency is at least 1, not 0: without a slot no request is sent. Write 1"
                        + " or more.");
    }

    @Test
    void whatIsUnresolvedIsLeftToJavac() {
        Compiled compiled = Compilation.of(workload(
                        "@ClosedLoop(concurrency = SLOTS) @Measurement(requests = REQUESTS) @Model(NAME)", """
                        @Param({"1", ONE}) int isl;
                        @Param("1") Isl osl;
                        @Setup Session open(Trial trial) throws Trouble { return null; }
                        @Request Answer next() { return null; }
                        """))
                .run();

        assertThat(compiled.complaints())
                .hasSize(9)
                .allSatisfy(complaint -> assertThat(complaint).contains("cannot find symbol"));
    }

    @Test
    void anUnknownSuperclassMayDeclareWhatIsMissing() {
        Compiled compiled =
                Compilation.of(file("@Workload class Chat extends Base {}")).run();

        assertThat(compiled.complaints()).singleElement().asString().contains("cannot find symbol");
    }

    @Test
    void aSuperclassWithoutItsOwnSuperclassIsLeftToJavac() {
        Compiled library = assertNoMistakes(
                file("q", "public class Missing {}"),
                file("q", LOAD + MEASUREMENT + " public class Base extends Missing { " + REQUEST + " }"));
        Map<String, byte[]> partial = new TreeMap<>(library.outputs());
        partial.remove("q/Missing.class");

        Compiled compiled = Compilation.of(file("@Workload class Chat extends q.Base {}"))
                .after(partial)
                .run();

        assertThat(compiled.complaints())
                .isNotEmpty()
                .allSatisfy(
                        complaint -> assertThat(complaint).contains("q.Missing").doesNotContain("inferometer:"));
    }

    @Test
    void mistakesAreReportedBesideWhatIsUnresolved() {
        Compiled compiled = Compilation.of(
                        workload("@ClosedLoop(concurrency = 0) @Measurement(requests = REQUESTS)", REQUEST))
                .run();

        assertThat(compiled.complaints())
                .hasSize(2)
                .anySatisfy(complaint -> assertThat(complaint).contains("cannot find symbol"))
                .contains(
                        "Chat.java:6:37 [inferometer:concurrency] A concurrency is at least 1, not 0: without a slot no"
                                + " request is sent. Write 1 or more.");
    }

    @Test
    void whatAnotherProcessorWritesIsWaitedFor() {
        Compiled compiled = Compilation.of(file("@Workload class Chat extends Base {}"))
                .processors(
                        new Writing("p.Base", file(LOAD + MEASUREMENT + " class Base { " + REQUEST + " }")),
                        new WorkloadProcessor())
                .options("-Xlint:-processing")
                .run();

        assertThat(compiled.complaints()).isEmpty();
        assertThat(compiled.index()).containsExactly("p.Chat_Workload");
    }

    @Test
    void aWorkloadThatAnotherProcessorWritesIsBound() {
        Compiled compiled = Compilation.of(with(""))
                .processors(
                        new Writing(
                                "p.Late", file("@Workload " + LOAD + MEASUREMENT + " class Late { " + REQUEST + " }")),
                        new WorkloadProcessor())
                .options("-Xlint:-processing")
                .run();

        assertThat(compiled.complaints()).isEmpty();
        assertThat(compiled.index()).containsExactly("p.Chat_Workload", "p.Late_Workload");
    }

    @Test
    void aModuleIsToldWhatItDoesNotProvide() {
        Compiled compiled = Compilation.of(
                        "module m { provides io.inferometer.workload.binding.WorkloadBinding with p.Other_Workload; }",
                        with(""),
                        with("").replace("Chat", "Other"),
                        with("").replace("Chat", "Third"))
                .options("--add-reads", "m=ALL-UNNAMED")
                .run();

        assertThat(compiled.complaints())
                .containsExactly(
                        "module-info.java:1:1 [inferometer:not-provided] A module provides its workloads, but m does"
                                + " not provide p.Chat_Workload, p.Third_Workload: they are found on the class path alone. Write in"
                                + " module-info.java: provides io.inferometer.workload.binding.WorkloadBinding with"
                                + " p.Chat_Workload, p.Other_Workload, p.Third_Workload;");
        assertThat(compiled.succeeded()).isTrue();
    }

    @Test
    void aCompileWithoutAnnotationsOfOursIsLeftAlone() {
        Compiled compiled =
                Compilation.of("package p;\nclass Plain {}").withoutRuntime().run();

        assertThat(compiled.complaints()).isEmpty();
        assertThat(compiled.outputs()).containsOnlyKeys("p/Plain.class");
    }

    @Test
    void withoutTheRuntimeOneErrorSaysSo() {
        Compiled compiled = Compilation.of("""
                        package p;
                        import io.inferometer.annotations.*;
                        @Workload @ClosedLoop(concurrency = 0)
                        class Chat {}
                        """).withoutRuntime().run();

        assertThat(compiled.complaints())
                .containsExactly("[inferometer:no-runtime] A workload is compiled against inferometer-runtime, but"
                        + " io.inferometer.workload.binding.WorkloadBinding is not on the class path: the generated class could"
                        + " not be compiled. Add the dependency io.inferometer:inferometer-runtime.");
    }

    @Test
    void aProcessorPathThatLacksALibraryIsOneErrorThatNamesWhatIsMissing() throws Exception {
        String missing =
                "[inferometer:incomplete-path] The processor's path holds all that the processor needs, but %s is not"
                        + " on it: workloads can't be checked. Put the jars of inferometer-annotations and of"
                        + " com.palantir.javapoet:javapoet beside that of inferometer-processor.";

        Compiled withoutJavaPoet =
                Compilation.of(with("")).processors(lacking("com.palantir.")).run();
        Compiled withoutAnnotations = Compilation.of(with(""))
                .processors(lacking("io.inferometer.annotations."))
                .run();
        Compiled whole =
                Compilation.of(with("")).processors(lacking("nothing.")).run();

        assertThat(withoutJavaPoet.complaints()).containsExactly(missing.formatted("com.palantir.javapoet.ClassName"));
        assertThat(withoutAnnotations.complaints())
                .containsExactly(missing.formatted("io.inferometer.annotations.Workload"));
        assertThat(whole.complaints()).isEmpty();
    }

    /** The processor as it is found on a path that lacks a package with all that is below it. */
    private static Processor lacking(String prefix) throws ReflectiveOperationException {
        ClassLoader path = new ClassLoader(WorkloadProcessor.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (name.startsWith(prefix)) {
                    throw new ClassNotFoundException(name);
                }
                if (!name.startsWith("io.inferometer.processor.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> known = findLoadedClass(name);
                return known == null ? own(name) : known;
            }

            private Class<?> own(String name) throws ClassNotFoundException {
                try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                    byte[] bytes = file.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        };
        return (Processor) path.loadClass(WorkloadProcessor.class.getName())
                .getConstructor()
                .newInstance();
    }

    @Test
    void aFileThatCannotBeWrittenIsOneError() {
        Compiled compiled = Compilation.of(with(""))
                .processors(failing(() -> new FilerException("it is there already")))
                .run();

        assertThat(compiled.complaints())
                .containsExactly("[inferometer:cannot-write] p.Chat_Workload could not be written: it is there already."
                        + " Make the compiler's output folder writable, with no class of that name in it by another hand,"
                        + " and compile again.");
    }

    @Test
    void aDefectIsOneErrorThatAsksToReportIt() {
        Compiled compiled = Compilation.of(with(""))
                .processors(failing(() -> new IllegalStateException("boom")))
                .run();

        assertThat(compiled.complaints())
                .singleElement()
                .asString()
                .startsWith("[inferometer:internal] The annotation processor failed on p.Chat:"
                        + " java.lang.IllegalStateException: boom. This is a defect of Inferometer, not of your code."
                        + " Please report it with this message and the class.\n"
                        + "  java.lang.IllegalStateException: boom\n")
                .contains("at io.inferometer.processor.WorkloadProcessor.");
    }

    @Test
    void theSameSourcesGiveTheSameBytesInWhateverOrder() {
        String first = with("");
        String second = annotated("@Slo(ttftMillis = 1)").replace("Chat", "Other");

        assertThat(assertNoMistakes(first, second).outputs())
                .usingRecursiveComparison()
                .isEqualTo(assertNoMistakes(second, first).outputs());
    }

    /** The processor in a compiler whose files fail when a source is to be written. */
    private static Processor failing(Supplier<Exception> failure) {
        WorkloadProcessor processor = new WorkloadProcessor();
        return new AbstractProcessor() {
            @Override
            public synchronized void init(ProcessingEnvironment environment) {
                Filer filer = proxy(Filer.class, environment.getFiler(), "createSourceFile", () -> {
                    throw failure.get();
                });
                processor.init(proxy(ProcessingEnvironment.class, environment, "getFiler", () -> filer));
            }

            @Override
            public Set<String> getSupportedAnnotationTypes() {
                return processor.getSupportedAnnotationTypes();
            }

            @Override
            public SourceVersion getSupportedSourceVersion() {
                return processor.getSupportedSourceVersion();
            }

            @Override
            public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
                return processor.process(annotations, round);
            }
        };
    }

    private interface Answer {
        Object get() throws Exception;
    }

    /** An object that answers one method itself and hands on all others. */
    private static <T> T proxy(Class<T> type, T target, String method, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, arguments) ->
                        called.getName().equals(method) ? answer.get() : called.invoke(target, arguments)));
    }

    /** Another processor, which writes one source in the first round. */
    private static final class Writing extends AbstractProcessor {
        private final String name;
        private final String source;
        private boolean written;

        Writing(String name, String source) {
            this.name = name;
            this.source = source;
        }

        @Override
        public Set<String> getSupportedAnnotationTypes() {
            return Set.of("*");
        }

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latestSupported();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            if (!written) {
                written = true;
                try (Writer writer =
                        processingEnv.getFiler().createSourceFile(name).openWriter()) {
                    writer.write(source);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return false;
        }
    }
}
