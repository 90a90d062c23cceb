package io.inferometer.processor.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.palantir.javapoet.ClassName;
import io.inferometer.workload.binding.ParamType;
import io.inferometer.workload.binding.ParamValues;
import io.inferometer.workload.binding.WorkloadBinding;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Holds the names that the processor spells against the types that they name. */
class RuntimeTypesTest {
    @Test
    void everyNameIsThatOfAPublicType() throws ClassNotFoundException {
        for (ClassName name : RuntimeTypes.ALL) {
            assertThat(Class.forName(name.reflectionName())).isPublic();
        }
    }

    @Test
    void annotationsAndWhatAWorkloadSeesCanBeImportedWholeTogether() throws IOException {
        assertThat(simpleNames("io.inferometer.annotations"))
                .contains("ClosedLoop", "Setting")
                .doesNotContainAnyElementsOf(simpleNames("io.inferometer.workload"));
    }

    private static List<String> simpleNames(String packageName) throws IOException {
        try (JavaFileManager files = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)) {
            List<String> names = new ArrayList<>();
            for (JavaFileObject file :
                    files.list(StandardLocation.CLASS_PATH, packageName, Set.of(JavaFileObject.Kind.CLASS), false)) {
                names.add(Path.of(file.getName()).getFileName().toString().replaceFirst("\\.class.*", ""));
            }
            assertThat(names).isNotEmpty();
            names.removeAll(List.of("package-info"));
            return names;
        }
    }

    @Test
    void allNamesAreListed() {
        long names = Arrays.stream(RuntimeTypes.class.getDeclaredFields())
                .filter(field -> field.getType() == ClassName.class)
                .count();

        assertThat(RuntimeTypes.ALL).hasSize((int) names).doesNotHaveDuplicates();
    }

    @Test
    void aBindingHasTheMethodsThatAreWritten() {
        assertThat(WorkloadBinding.class.getMethods())
                .filteredOn(method -> Modifier.isAbstract(method.getModifiers()))
                .extracting(java.lang.reflect.Method::getName)
                .containsExactlyInAnyOrder("descriptor", "create");
        assertThat(WorkloadBinding.class.getMethods())
                .filteredOn(java.lang.reflect.Method::isDefault)
                .extracting(java.lang.reflect.Method::getName)
                .containsExactlyInAnyOrder(
                        "inSessions",
                        "request",
                        "next",
                        "setup",
                        "setup",
                        "tearDown",
                        "tearDown",
                        "checksAnswers",
                        "check");
    }

    @Test
    void everyKindOfParameterHasItsTypeAndAccessor() {
        for (ParamKind kind :
                List.of(ParamKind.TEXT, ParamKind.FLAG, ParamKind.INT, ParamKind.LONG, ParamKind.DECIMAL)) {
            assertThatCode(() -> ParamValues.class.getMethod(kind.accessor(), String.class))
                    .doesNotThrowAnyException();
            assertThat(ParamType.class.getPermittedSubclasses())
                    .extracting(Class::getSimpleName)
                    .contains(kind.name());
        }
    }
}
