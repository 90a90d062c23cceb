package io.inferometer.load;

import io.inferometer.plan.Split;
import io.inferometer.workload.Load;
import io.inferometer.workload.StagedLoad;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * From when on a closed loop has how many slots.
 *
 * @param nanos from the start
 * @param slots how many there are from then on
 */
record SlotStep(long nanos, int slots) {
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * So many slots that begin one after the other, at a number per second; infinite for all at one instant.
     *
     * @param split which of them are this client's own
     */
    static Iterator<SlotStep> beginning(int slots, double perSecond, Split split) {
        if (perSecond == Load.AtOnce.INSTANT) {
            return List.of(new SlotStep(0, split.count(slots))).iterator();
        }
        return IntStream.range(0, split.count(slots))
                .mapToObj(own -> new SlotStep(Math.round(split.at(own) * NANOS_PER_SECOND / perSecond), own + 1))
                .iterator();
    }

    /**
     * The slots of stages. Where a stage goes from one number to another they change one at a time, each as what is meant is
     * half way to the next whole number.
     *
     * @param passed how many nanoseconds of the stages are over
     * @param split which of them are this client's own
     */
    static Iterator<SlotStep> of(StagedLoad load, long passed, Split split) {
        List<SlotStep> steps = new ArrayList<>(List.of(new SlotStep(0, 0)));
        for (SlotStep step : whole(load)) {
            int own = split.count(step.slots);
            if (step.nanos > passed) {
                steps.add(new SlotStep(step.nanos - passed, own));
            } else {
                steps.set(0, new SlotStep(0, own));
            }
        }
        return steps.iterator();
    }

    private static List<SlotStep> whole(StagedLoad load) {
        List<SlotStep> steps = new ArrayList<>();
        for (int i = 0; i < load.stages().size(); i++) {
            StagedLoad.Stage stage = load.stages().get(i);
            int from = (int) stage.from();
            int changes = Math.abs((int) stage.to() - from);
            int each = stage.to() > from ? 1 : -1;
            steps.add(new SlotStep(load.beginNanos(i), from));
            for (int change = 1; change <= changes; change++) {
                long after = Math.round((change - 0.5) * stage.time().toNanos() / changes);
                steps.add(new SlotStep(load.beginNanos(i) + after, from + each * change));
            }
        }
        return steps;
    }
}
