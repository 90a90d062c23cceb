package io.inferometer.processor;

import io.inferometer.annotations.AllAtOnce;
import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.ClosedLoop;
import io.inferometer.annotations.OpenLoop;
import io.inferometer.annotations.Replay;
import io.inferometer.annotations.Stages;
import io.inferometer.processor.binding.WorkloadModel;
import io.inferometer.processor.declaration.Declared;
import io.inferometer.processor.declaration.Problems;
import io.inferometer.processor.declaration.Rule;
import io.inferometer.processor.declaration.Site;
import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.TypeElement;

/** Reads when requests are sent: the one load of the nearest class that declares any. */
final class LoadReader {
    private static final List<Class<? extends Annotation>> LOADS =
            List.of(ClosedLoop.class, OpenLoop.class, AllAtOnce.class, Replay.class);

    private static final String NUMBER = "[0-9]{1,9}(\\.[0-9]{1,9})?";
    private static final String TIME = "\\s+[0-9]+(\\.[0-9]+)?(ms|s|m|h)";
    private static final Pattern OF_RATES = Pattern.compile(NUMBER + "(\\.\\." + NUMBER + ")?/s" + TIME);
    private static final Pattern OF_SLOTS = Pattern.compile("[0-9]{1,9}(\\.\\.[0-9]{1,9})?" + TIME);

    private final Lineage lineage;
    private final Problems problems;

    LoadReader(Lineage lineage, Problems problems) {
        this.lineage = lineage;
        this.problems = problems;
    }

    /** The load; empty where there is none that can be read. */
    Optional<WorkloadModel.Load> read() {
        for (TypeElement type : lineage.nearestFirst()) {
            List<Declared> loads = LOADS.stream()
                    .flatMap(load -> Declared.on(type, load).stream())
                    .toList();
            if (!loads.isEmpty()) {
                return readOne(type, loads);
            }
        }
        if (lineage.complete()) {
            TypeElement workload = lineage.workload();
            problems.add(Rule.NO_LOAD, Site.of(workload), workload.getSimpleName());
        }
        return Optional.empty();
    }

    /** The stages that are measured in place of the load, unless a nearer class declares another; empty where there are none. */
    Optional<String> stages() {
        for (TypeElement type : lineage.nearestFirst()) {
            Optional<Declared> stages = Declared.on(type, Stages.class).filter(Declared::whole);
            stages.ifPresent(this::checkStages);
            if (stages.isPresent()) {
                return stages.map(declared -> declared.text("value"));
            }
            if (LOADS.stream().anyMatch(load -> Declared.on(type, load).isPresent())) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private void checkStages(Declared stages) {
        String text = stages.text("value");
        List<String> parts = Stream.of(text.split(",", -1)).map(String::strip).toList();
        boolean rates = parts.stream().allMatch(part -> OF_RATES.matcher(part).matches());
        boolean slots = parts.stream().allMatch(part -> OF_SLOTS.matcher(part).matches());
        if (!rates && !slots) {
            problems.add(Rule.STAGES, stages.site("value"), text);
        }
    }

    private Optional<WorkloadModel.Load> readOne(TypeElement type, List<Declared> loads) {
        Declared first = loads.get(0);
        for (Declared other : loads.subList(1, loads.size())) {
            problems.add(Rule.TWO_LOADS, other.site(), type.getSimpleName(), first.label(), other.label());
        }
        List<WorkloadModel.Load> read =
                loads.stream().filter(Declared::whole).map(this::load).toList();
        return loads.size() == 1 ? read.stream().findFirst() : Optional.empty();
    }

    private WorkloadModel.Load load(Declared load) {
        if (load.is(ClosedLoop.class)) {
            return closedLoop(load);
        }
        if (load.is(OpenLoop.class)) {
            return openLoop(load);
        }
        return load.is(Replay.class) ? replay(load) : allAtOnce(load);
    }

    private WorkloadModel.Load closedLoop(Declared load) {
        List<AnnotationValue> values = load.items("concurrency");
        checkSweep(load, "concurrency", values);
        for (AnnotationValue value : values) {
            if ((Integer) value.getValue() < 1) {
                problems.add(Rule.CONCURRENCY, load.site(value), value.getValue());
            }
        }
        return new WorkloadModel.ClosedLoop(
                values.stream().map(value -> (Integer) value.getValue()).toList());
    }

    private WorkloadModel.Load openLoop(Declared load) {
        List<AnnotationValue> values = load.items("rate");
        checkSweep(load, "rate", values);
        for (AnnotationValue value : values) {
            double rate = (Double) value.getValue();
            if (!isRate(rate)) {
                problems.add(Rule.RATE, load.site(value), rate);
            }
        }
        double burstiness = load.decimal("burstiness");
        boolean bursty = load.writes("burstiness");
        if (bursty && !isRate(burstiness)) {
            problems.add(Rule.BURSTINESS, load.site("burstiness"), burstiness);
        }
        String arrivals = load.constant("arrivals");
        if (bursty && load.writes("arrivals") && !arrivals.equals(Arrivals.GAMMA.name())) {
            problems.add(Rule.BURSTINESS_OF, load.site("burstiness"), arrivals);
        }
        return new WorkloadModel.OpenLoop(
                values.stream().map(value -> (Double) value.getValue()).toList(),
                bursty ? Arrivals.GAMMA.name() : arrivals,
                burstiness);
    }

    private WorkloadModel.AllAtOnce allAtOnce(Declared load) {
        int users = (int) load.number("users");
        if (load.writes("users") && users < 1) {
            problems.add(Rule.USERS, load.site("users"), users);
        }
        double spawnRate = load.decimal("spawnRate");
        if (load.writes("spawnRate") && !isRate(spawnRate)) {
            problems.add(Rule.SPAWN_RATE, load.site("spawnRate"), spawnRate);
        }
        return new WorkloadModel.AllAtOnce(
                load.writes("users") ? OptionalInt.of(users) : OptionalInt.empty(),
                load.writes("spawnRate") ? OptionalDouble.of(spawnRate) : OptionalDouble.empty());
    }

    private WorkloadModel.Replay replay(Declared load) {
        List<AnnotationValue> values = load.items("speed");
        checkSweep(load, "speed", values);
        for (AnnotationValue value : values) {
            double speed = (Double) value.getValue();
            if (!isRate(speed)) {
                problems.add(Rule.SPEED, load.site(value), speed);
            }
        }
        WorkloadModel.Time maxIdle = IterationsReader.time(load, "maxIdle", "maxIdleUnit");
        if (maxIdle.amount() < 0) {
            problems.add(Rule.MAX_IDLE, load.site("maxIdle"), maxIdle.amount());
        } else if (IterationsReader.tooLong(maxIdle)) {
            problems.add(
                    Rule.TOO_LONG, load.site("maxIdle"), "The maxIdle of @Replay", maxIdle.amount(), maxIdle.unit());
        }
        return new WorkloadModel.Replay(
                values.stream().map(value -> (Double) value.getValue()).toList(),
                Optional.of(maxIdle).filter(time -> time.amount() > 0));
    }

    private static boolean isRate(double rate) {
        return rate > 0 && !Double.isInfinite(rate);
    }

    private void checkSweep(Declared load, String name, List<AnnotationValue> values) {
        if (values.isEmpty()) {
            problems.add(Rule.NO_VALUES, load.site(name), name);
        }
        Set<Object> seen = new HashSet<>();
        for (AnnotationValue value : values) {
            if (!seen.add(value.getValue())) {
                problems.add(Rule.DUPLICATE_VALUE, load.site(value), name, value.getValue());
            }
        }
    }
}
