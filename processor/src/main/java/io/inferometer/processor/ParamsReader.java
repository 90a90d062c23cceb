package io.inferometer.processor;

import io.inferometer.annotations.Param;
import io.inferometer.processor.binding.ParamKind;
import io.inferometer.processor.binding.WorkloadModel;
import io.inferometer.processor.declaration.Declared;
import io.inferometer.processor.declaration.Problems;
import io.inferometer.processor.declaration.Rule;
import io.inferometer.processor.declaration.Site;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Reads the parameter fields of a workload class and its superclasses. */
final class ParamsReader {
    private static final Map<Modifier, String> UNFIT = Map.of(
            Modifier.STATIC, "each trial sets the field of its own instance",
            Modifier.FINAL, "it is set after the constructor has run");

    /** What was probably meant by a type that a parameter cannot have. */
    private static final Map<String, String> NEAREST = Map.of(
            "Boolean", "boolean",
            "Integer", "int",
            "Long", "long",
            "Double", "double",
            "float", "double",
            "short", "int",
            "byte", "int",
            "char", "String");

    private final Lineage lineage;
    private final VariableRules variables;
    private final MemberRules members;
    private final Problems problems;

    ParamsReader(Lineage lineage, VariableRules variables, Problems problems) {
        this.lineage = lineage;
        this.variables = variables;
        this.members = new MemberRules(lineage, problems);
        this.problems = problems;
    }

    /** The parameters, superclass first, as declared. */
    List<WorkloadModel.Param> read() {
        List<WorkloadModel.Param> params = new ArrayList<>();
        for (TypeElement type : lineage.farthestFirst()) {
            for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
                Declared.on(field, Param.class).ifPresent(param -> {
                    members.check(field, "parameter's field", "sets", UNFIT);
                    checkHidden(type, field);
                    param(field, param).ifPresent(params::add);
                });
            }
        }
        return params;
    }

    private void checkHidden(TypeElement type, VariableElement field) {
        lineage.below(type)
                .flatMap(nearer -> ElementFilter.fieldsIn(nearer.getEnclosedElements()).stream())
                .filter(other -> other.getSimpleName().equals(field.getSimpleName()))
                .forEach(other ->
                        problems.add(Rule.PARAM_HIDDEN, Site.of(other), Wording.member(other), Wording.member(field)));
    }

    private Optional<WorkloadModel.Param> param(VariableElement field, Declared param) {
        Optional<ParamKind> kind = kind(field);
        if (!param.whole()) {
            return Optional.empty();
        }
        List<AnnotationValue> values = param.items("value");
        if (values.isEmpty()) {
            problems.add(Rule.NO_VALUES, param.site("value"), Wording.member(field));
        }
        kind.ifPresent(known -> checkValues(field, param, known, values));
        String env = param.text("env");
        if (!env.isEmpty()) {
            variables.check("@Param " + field.getSimpleName(), env, param.site("env"));
        }
        List<String> texts =
                values.stream().map(value -> (String) value.getValue()).toList();
        return kind.map(known -> new WorkloadModel.Param(field, known, env, texts));
    }

    private Optional<ParamKind> kind(VariableElement field) {
        TypeMirror declared = lineage.typeOf(field);
        if (declared.getKind() == TypeKind.ERROR) {
            return Optional.empty();
        }
        Optional<ParamKind> kind = ParamKind.of(declared);
        String type = Wording.type(declared);
        if (kind.isEmpty()) {
            String meant = NEAREST.getOrDefault(type, "String, and make what is needed of it in @Setup");
            problems.add(Rule.PARAM_TYPE, Site.of(field), Wording.member(field), Wording.a(type), meant);
        }
        kind.flatMap(ParamKind::enumType)
                .filter(named -> !lineage.names(named))
                .ifPresent(named -> problems.add(
                        Rule.PARAM_ENUM, Site.of(field), named.getQualifiedName(), lineage.binding(), lineage.home()));
        return kind;
    }

    private void checkValues(VariableElement field, Declared param, ParamKind kind, List<AnnotationValue> values) {
        String name = Wording.member(field);
        Set<Object> seen = new HashSet<>();
        for (AnnotationValue value : values) {
            Optional<Object> parsed = kind.parse((String) value.getValue());
            if (parsed.isEmpty()) {
                String type = Wording.type(lineage.typeOf(field));
                problems.add(Rule.PARAM_VALUE, param.site(value), name, kind.expectation(), value, Wording.a(type));
            } else if (!seen.add(parsed.get())) {
                problems.add(Rule.DUPLICATE_VALUE, param.site(value), name, value);
            }
        }
    }
}
