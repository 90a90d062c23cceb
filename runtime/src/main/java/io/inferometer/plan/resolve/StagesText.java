package io.inferometer.plan.resolve;

import io.inferometer.plan.UsageException;
import io.inferometer.workload.StagedLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads stages: {@code 2/s 30s, 2..20/s 60s} of rates, {@code 4 30s, 4..64 60s} of slots. */
final class StagesText {
    private static final String NUMBER = "([0-9]{1,9}(?:\\.[0-9]{1,9})?)";
    private static final Pattern STAGE = Pattern.compile(NUMBER + "(?:\\.\\." + NUMBER + ")?(/s)?\\s+(\\S+)");

    private final Given given;
    private final List<StagedLoad.Stage> stages = new ArrayList<>();
    private StagedLoad.Kind kind;

    private StagesText(Given given) {
        this.given = given;
    }

    /** What was read. */
    record Read(StagedLoad.Kind kind, List<StagedLoad.Stage> stages) {}

    /** @throws UsageException at the first stage that is none; the message says which one it is, and why */
    static Read read(Given given) {
        StagesText text = new StagesText(given);
        String[] parts = given.text().split(",", -1);
        for (int i = 0; i < parts.length; i++) {
            text.add("stage " + (i + 1) + ", '" + Given.oneLine(parts[i].strip()) + "'", parts[i].strip());
        }
        if (text.stages.stream().noneMatch(stage -> stage.mean() > 0)) {
            throw given.problem("all stages are 0, so that nothing would be sent");
        }
        return new Read(text.kind, text.stages);
    }

    private void add(String place, String part) {
        Matcher stage = STAGE.matcher(part);
        if (!stage.matches()) {
            throw given.problem(place + " is no stage; write a rate or a number of slots, and a time: 2/s 30s,"
                    + " 2..20/s 60s, or 4 30s, 4..64 60s");
        }
        StagedLoad.Kind ofStage = stage.group(3) == null ? StagedLoad.Kind.CONCURRENCY : StagedLoad.Kind.RATE;
        if (kind != null && kind != ofStage) {
            throw given.problem(place + " is of " + named(ofStage) + ", and those before are of " + named(kind)
                    + "; stages are all of one kind");
        }
        kind = ofStage;
        double from = number(place, stage.group(1));
        double to = stage.group(2) == null ? from : number(place, stage.group(2));
        stages.add(new StagedLoad.Stage(from, to, time(place, stage.group(4))));
    }

    private double number(String place, String text) {
        double number = Double.parseDouble(text);
        if (kind == StagedLoad.Kind.CONCURRENCY && (number != Math.rint(number) || number > Integer.MAX_VALUE)) {
            throw given.problem(
                    place + ": " + text + " is not a whole number of slots; write " + text + "/s for a rate");
        }
        return number;
    }

    private Duration time(String place, String text) {
        return given.part(place, text).time();
    }

    private static String named(StagedLoad.Kind kind) {
        return kind == StagedLoad.Kind.RATE ? "a rate" : "slots";
    }
}
