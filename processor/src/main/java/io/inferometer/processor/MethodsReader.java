package io.inferometer.processor;

import com.palantir.javapoet.ClassName;
import io.inferometer.annotations.Check;
import io.inferometer.annotations.Level;
import io.inferometer.annotations.Request;
import io.inferometer.annotations.Setup;
import io.inferometer.annotations.TearDown;
import io.inferometer.annotations.Turn;
import io.inferometer.processor.binding.RuntimeTypes;
import io.inferometer.processor.binding.WorkloadModel.Method;
import io.inferometer.processor.declaration.Declared;
import io.inferometer.processor.declaration.Problems;
import io.inferometer.processor.declaration.Rule;
import io.inferometer.processor.declaration.Site;
import java.lang.annotation.Annotation;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * Reads the methods that the harness calls.
 *
 * <p>A method and what it overrides are one method: the nearest annotation among them says what it is and where it stands
 * in the order, and the nearest override, annotated or not, is what is called.
 */
final class MethodsReader {
    private static final Map<Modifier, String> UNFIT =
            Map.of(Modifier.STATIC, "each trial calls it on an instance of its own");

    private final Lineage lineage;
    private final MemberRules members;
    private final Problems problems;

    MethodsReader(Lineage lineage, Problems problems) {
        this.lineage = lineage;
        this.members = new MemberRules(lineage, problems);
        this.problems = problems;
    }

    /** An annotation, and the method that is called for it, with its type in the workload class. */
    private record Step(Declared annotation, ExecutableElement called, ExecutableType type) {
        TypeMirror result() {
            return type.getReturnType();
        }

        /** The level of a set-up or tear-down method; that of the annotation's default where javac could not read it. */
        Level level() {
            return annotation.whole() ? Level.valueOf(annotation.constant("value")) : Level.TRIAL;
        }

        Method method(Optional<Level> level, String arguments) {
            return new Method(called, type, level, type.getParameterTypes().isEmpty() ? "" : arguments);
        }
    }

    /** Whether a method says what comes next in a session. */
    boolean inSessions() {
        return !steps(Turn.class).isEmpty();
    }

    /** The one method that makes requests, or turns; empty where there is not exactly one. */
    Optional<Method> request() {
        List<Step> requests = superclassFirst(steps(Request.class));
        List<Step> turns = superclassFirst(steps(Turn.class));
        if (!requests.isEmpty() && !turns.isEmpty()) {
            problems.add(
                    Rule.REQUEST_AND_TURN,
                    turns.get(0).annotation().site(),
                    Wording.member(requests.get(0).called()),
                    Wording.member(turns.get(0).called()));
        }
        if (requests.isEmpty() && turns.isEmpty() && lineage.complete()) {
            TypeElement workload = lineage.workload();
            problems.add(Rule.NO_REQUEST, Site.of(workload), workload.getSimpleName());
        }
        checkAsking(requests, Rule.TWO_REQUESTS, Rule.REQUEST_RESULT, RuntimeTypes.INFERENCE_REQUEST);
        requests.forEach(request -> check(request, RuntimeTypes.REQUEST_CONTEXT));
        checkAsking(turns, Rule.TWO_TURNS, Rule.TURN_RESULT, RuntimeTypes.NEXT_TURN);
        turns.forEach(turn -> check(turn, RuntimeTypes.TURN_CONTEXT));
        return turns.stream()
                .findFirst()
                .map(turn -> turn.method(Optional.empty(), "turn"))
                .or(() -> requests.stream().findFirst().map(request -> request.method(Optional.empty(), "context")));
    }

    /** There is one of them, and it returns what it is for. */
    private void checkAsking(List<Step> methods, Rule two, Rule other, ClassName returned) {
        for (Step method : methods) {
            if (method != methods.get(0)) {
                problems.add(
                        two,
                        method.annotation().site(),
                        Wording.member(methods.get(0).called()),
                        Wording.member(method.called()));
            }
            TypeMirror result = method.result();
            if (result.getKind() != TypeKind.ERROR && !lineage.isOf(result, returned)) {
                problems.add(
                        other,
                        Site.of(method.called()),
                        Wording.member(method.called()),
                        result.getKind() == TypeKind.VOID ? "nothing" : Wording.a(Wording.type(result)));
            }
        }
    }

    /** The method that checks answers, if there is one. */
    Optional<Method> answerCheck() {
        List<Step> checks = superclassFirst(steps(Check.class));
        for (Step check : checks) {
            ExecutableElement method = check.called();
            if (check != checks.get(0)) {
                problems.add(
                        Rule.TWO_CHECKS,
                        check.annotation().site(),
                        Wording.member(checks.get(0).called()),
                        Wording.member(method));
            }
            TypeMirror result = check.result();
            boolean fit = result.getKind() == TypeKind.BOOLEAN
                    || result.getKind() == TypeKind.VOID
                    || lineage.isOf(result, ClassName.get(String.class));
            if (!fit && result.getKind() != TypeKind.ERROR) {
                problems.add(
                        Rule.CHECK_RESULT, Site.of(method), Wording.member(method), Wording.a(Wording.type(result)));
            }
            List<? extends TypeMirror> parameters = check.type().getParameterTypes();
            boolean takes = parameters.size() >= 1
                    && parameters.size() <= 2
                    && lineage.isOf(parameters.get(0), RuntimeTypes.ANSWER)
                    && (parameters.size() == 1 || lineage.isOf(parameters.get(1), RuntimeTypes.REQUEST_CONTEXT));
            if (!takes && parameters.stream().noneMatch(type -> type.getKind() == TypeKind.ERROR)) {
                problems.add(Rule.CHECK_PARAMETERS, Site.of(method), Wording.member(method));
            }
            checkMember(check);
        }
        return checks.stream()
                .findFirst()
                .map(check -> check.method(
                        Optional.empty(), check.type().getParameterTypes().size() == 1 ? "answer" : "answer, context"));
    }

    /** The set-up methods in the order of their calls: superclass first, then as written. */
    List<Method> setups() {
        return checked(superclassFirst(steps(Setup.class)));
    }

    /** The tear-down methods in the order of their calls: subclass first, then as written. */
    List<Method> tearDowns() {
        return checked(steps(TearDown.class));
    }

    /** The methods with an annotation: subclass first, then as written. */
    private List<Step> steps(Class<? extends Annotation> annotation) {
        Map<ExecutableElement, Declared> nearest = new LinkedHashMap<>();
        for (TypeElement type : lineage.nearestFirst()) {
            for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
                Declared.on(method, annotation)
                        .ifPresent(declared -> nearest.putIfAbsent(lineage.nearestOverride(method), declared));
            }
        }
        return nearest.entrySet().stream()
                .map(entry -> new Step(entry.getValue(), entry.getKey(), lineage.typeOf(entry.getKey())))
                .toList();
    }

    private List<Step> superclassFirst(List<Step> steps) {
        List<TypeElement> classes = lineage.farthestFirst();
        Comparator<Step> byClass = Comparator.comparingInt(
                step -> classes.indexOf(step.annotation().element().getEnclosingElement()));
        return steps.stream().sorted(byClass).toList();
    }

    private List<Method> checked(List<Step> steps) {
        for (Step step : steps) {
            TypeMirror result = step.result();
            if (result.getKind() != TypeKind.VOID && result.getKind() != TypeKind.ERROR) {
                problems.add(
                        Rule.STEP_RESULT,
                        Site.of(step.called()),
                        step.annotation().label(),
                        Wording.member(step.called()),
                        Wording.a(Wording.type(result)));
            }
            checkStep(step);
        }
        return steps.stream()
                .filter(step -> step.annotation().whole())
                .map(step -> step.method(Optional.of(step.level()), arguments(step)))
                .toList();
    }

    /** A method of an iteration takes the iteration, or its trial alone. */
    private void checkStep(Step step) {
        boolean ofIteration = step.level() == Level.ITERATION;
        boolean takesIteration = takes(step, RuntimeTypes.ITERATION_CONTEXT);
        if (takesIteration && !ofIteration) {
            checkMember(step);
            problems.add(
                    Rule.TRIAL_PARAMETER,
                    Site.of(step.called()),
                    step.annotation().label(),
                    Wording.member(step.called()));
        } else {
            check(
                    step,
                    ofIteration && !takes(step, RuntimeTypes.TRIAL_CONTEXT)
                            ? RuntimeTypes.ITERATION_CONTEXT
                            : RuntimeTypes.TRIAL_CONTEXT);
        }
    }

    private String arguments(Step step) {
        if (step.level() == Level.TRIAL) {
            return "trial";
        }
        return takes(step, RuntimeTypes.TRIAL_CONTEXT) ? "iteration.trial()" : "iteration";
    }

    private boolean takes(Step step, ClassName context) {
        List<? extends TypeMirror> parameters = step.type().getParameterTypes();
        return parameters.size() == 1 && lineage.isOf(parameters.get(0), context);
    }

    private void check(Step step, ClassName context) {
        checkMember(step);
        ExecutableElement method = step.called();
        List<? extends TypeMirror> parameters = step.type().getParameterTypes();
        boolean unresolved = parameters.stream().anyMatch(type -> type.getKind() == TypeKind.ERROR);
        if (!parameters.isEmpty() && !takes(step, context) && !unresolved) {
            problems.add(
                    Rule.METHOD_PARAMETERS,
                    Site.of(method),
                    step.annotation().label(),
                    Wording.a(context.simpleName()),
                    Wording.member(method));
        }
    }

    /** What holds for every method that is called. */
    private void checkMember(Step step) {
        ExecutableElement method = step.called();
        String label = step.annotation().label();
        members.check(method, label + " method", "calls", UNFIT);
        for (TypeMirror thrown : step.type().getThrownTypes()) {
            if (!lineage.isSubtype(thrown, Exception.class) && !lineage.isSubtype(thrown, Error.class)) {
                problems.add(Rule.METHOD_THROWS, Site.of(method), label, Wording.member(method), Wording.type(thrown));
            }
        }
    }
}
