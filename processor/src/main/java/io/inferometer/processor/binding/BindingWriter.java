package io.inferometer.processor.binding;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import io.inferometer.annotations.Level;
import io.inferometer.processor.binding.WorkloadModel.Method;
import io.inferometer.processor.binding.WorkloadModel.Param;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.annotation.processing.Filer;
import javax.annotation.processing.Generated;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Writes the class through which the harness describes, makes and calls a workload: the binding. */
public final class BindingWriter {
    /** Ends the name of every binding. */
    public static final String SUFFIX = "_Workload";

    private static final String DESCRIPTOR = "DESCRIPTOR";

    private final WorkloadModel model;
    private final ClassName workload;
    private final Elements elements;
    private final Class<?> generator;

    /**
     * @param model the workload
     * @param elements what the compiler knows
     * @param generator what the class names as its generator
     */
    public BindingWriter(WorkloadModel model, Elements elements, Class<?> generator) {
        this.model = model;
        this.generator = generator;
        this.workload = ClassName.get(model.type());
        this.elements = elements;
    }

    /** The name of a workload's binding: {@code Outer_Nested_Workload}, in the workload's package. */
    public static ClassName bindingOf(TypeElement workload) {
        ClassName name = ClassName.get(workload);
        return ClassName.get(name.packageName(), String.join("_", name.simpleNames()) + SUFFIX);
    }

    /**
     * Writes the source file of the binding. What is not ASCII is written as an escape, for the compiler reads the file in
     * whatever encoding it was told that the user's sources have.
     */
    public void write(Filer filer) throws IOException {
        try (Writer writer = filer.createSourceFile(bindingOf(model.type()).canonicalName(), model.type())
                .openWriter()) {
            writer.write(file().toString()
                    .chars()
                    .mapToObj(c -> c < 0x80 ? String.valueOf((char) c) : "\\u%04x".formatted(c))
                    .collect(Collectors.joining()));
        }
    }

    private JavaFile file() {
        ClassName binding = bindingOf(model.type());
        ModuleElement module = elements.getModuleOf(model.type());
        TypeSpec.Builder type = TypeSpec.classBuilder(binding)
                .addJavadoc("Describes, makes and calls {@link $T}, as its annotations say.\n", workload)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addSuperinterface(ParameterizedTypeName.get(RuntimeTypes.WORKLOAD_BINDING, workload))
                .addField(descriptorField())
                .addMethod(constructor())
                .addMethod(descriptor())
                .addMethod(create())
                .addMethods(steps("setup", model.setups(), BindingWriter::statements))
                .addMethods(steps("tearDown", model.tearDowns(), BindingWriter::allOf))
                .addMethods(model.inSessions() ? List.of(yes("inSessions"), next()) : List.of(request()));
        model.check().ifPresent(check -> type.addMethod(yes("checksAnswers")).addMethod(check(check)));
        // A module need not require java.compiler, where the annotation is.
        if (elements.getTypeElement(module, Generated.class.getCanonicalName()) != null) {
            type.addAnnotation(annotation(Generated.class, List.of(generator.getName())));
        }
        SortedSet<String> warnings = Warnings.of(model, module);
        if (!warnings.isEmpty()) {
            type.addAnnotation(annotation(SuppressWarnings.class, warnings));
        }
        return JavaFile.builder(binding.packageName(), type.build())
                .indent("    ")
                .build();
    }

    private static AnnotationSpec annotation(Class<?> type, Iterable<String> values) {
        AnnotationSpec.Builder annotation = AnnotationSpec.builder(type);
        values.forEach(value -> annotation.addMember("value", "$S", value));
        return annotation.build();
    }

    private FieldSpec descriptorField() {
        return FieldSpec.builder(
                        RuntimeTypes.WORKLOAD_DESCRIPTOR, DESCRIPTOR, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(new DescriptorCode(model, elements).code())
                .build();
    }

    private static MethodSpec constructor() {
        return MethodSpec.constructorBuilder()
                .addJavadoc("For ServiceLoader.\n")
                .addModifiers(Modifier.PUBLIC)
                .build();
    }

    private static MethodSpec descriptor() {
        return override("descriptor")
                .returns(RuntimeTypes.WORKLOAD_DESCRIPTOR)
                .addStatement("return $L", DESCRIPTOR)
                .build();
    }

    private MethodSpec create() {
        MethodSpec.Builder create =
                override("create").returns(workload).addParameter(RuntimeTypes.PARAM_VALUES, "values");
        if (model.params().isEmpty()) {
            return create.addStatement("return new $T()", workload).build();
        }
        create.addStatement("$1T workload = new $1T()", workload);
        for (Param param : model.params()) {
            create.addStatement("workload.$L = $L", param.name(), value(param));
        }
        return create.addStatement("return workload").build();
    }

    private static CodeBlock value(Param param) {
        CodeBlock type = param.kind()
                .enumType()
                .map(named -> CodeBlock.of("$T.class, ", ClassName.get(named)))
                .orElse(CodeBlock.of(""));
        return CodeBlock.of("values.$L($L$S)", param.kind().accessor(), type, param.name());
    }

    /** A method for each level at which something is called. */
    private List<MethodSpec> steps(String name, List<Method> methods, Function<List<CodeBlock>, CodeBlock> together) {
        return Arrays.stream(Level.values())
                .filter(level -> methods.stream().anyMatch(method -> isOf(level, method)))
                .map(level -> override(name)
                        .addParameter(workload, "workload")
                        .addParameter(
                                level == Level.TRIAL ? RuntimeTypes.TRIAL_CONTEXT : RuntimeTypes.ITERATION_CONTEXT,
                                level == Level.TRIAL ? "trial" : "iteration")
                        .addException(Exception.class)
                        .addCode(together.apply(methods.stream()
                                .filter(method -> isOf(level, method))
                                .map(BindingWriter::call)
                                .toList()))
                        .build())
                .toList();
    }

    private static boolean isOf(Level level, Method method) {
        return method.level().equals(Optional.of(level));
    }

    private static CodeBlock statements(List<CodeBlock> calls) {
        CodeBlock.Builder statements = CodeBlock.builder();
        calls.forEach(statements::addStatement);
        return statements.build();
    }

    /** Calls that are all made, whatever any of them throws. */
    private static CodeBlock allOf(List<CodeBlock> calls) {
        if (calls.size() == 1) {
            return statements(calls);
        }
        CodeBlock lambdas =
                calls.stream().map(call -> CodeBlock.of("() -> $L", call)).collect(CodeBlock.joining(",\n"));
        return CodeBlock.builder()
                .addStatement("$T.all(\n$L)", RuntimeTypes.CALLS, lambdas)
                .build();
    }

    private MethodSpec request() {
        return throwing(override("request")
                .returns(RuntimeTypes.INFERENCE_REQUEST)
                .addParameter(workload, "workload")
                .addParameter(RuntimeTypes.REQUEST_CONTEXT, "context")
                .addStatement("return $L", call(model.request())));
    }

    private MethodSpec next() {
        return throwing(override("next")
                .returns(RuntimeTypes.NEXT_TURN)
                .addParameter(workload, "workload")
                .addParameter(RuntimeTypes.TURN_CONTEXT, "turn")
                .addStatement("return $L", call(model.request())));
    }

    /** As its method may throw. */
    private MethodSpec throwing(MethodSpec.Builder asking) {
        boolean throwing = !model.request().element().getThrownTypes().isEmpty();
        return throwing ? asking.addException(Exception.class).build() : asking.build();
    }

    private static MethodSpec yes(String name) {
        return override(name).returns(boolean.class).addStatement("return true").build();
    }

    private MethodSpec check(Method method) {
        ExecutableElement element = method.element();
        CodeBlock call = call(method);
        MethodSpec.Builder check = override("check")
                .returns(String.class)
                .addParameter(workload, "workload")
                .addParameter(RuntimeTypes.ANSWER, "answer")
                .addParameter(RuntimeTypes.REQUEST_CONTEXT, "context");
        switch (method.type().getReturnType().getKind()) {
            case VOID -> check.addStatement(call).addStatement("return $S", "");
            case BOOLEAN ->
                check.addStatement("return $L ? $S : $S", call, "", element.getSimpleName() + " is false of it");
            default -> check.addStatement("return $L", call);
        }
        return element.getThrownTypes().isEmpty()
                ? check.build()
                : check.addException(Exception.class).build();
    }

    private static CodeBlock call(Method method) {
        return CodeBlock.of("workload.$L($L)", method.element().getSimpleName(), method.arguments());
    }

    private static MethodSpec.Builder override(String name) {
        return MethodSpec.methodBuilder(name).addAnnotation(Override.class).addModifiers(Modifier.PUBLIC);
    }
}
