package io.inferometer.report.compare;

import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.report.RunReport;
import io.inferometer.report.gate.Requirements;
import io.inferometer.report.gate.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What came of all that was asked of a run beforehand: its header tells that, so a run that is told again is judged the same. */
public final class Judged {
    private Judged() {}

    /** What was required, then B beside A, where these were asked for. */
    public static List<Sheet> of(RunReport run) {
        return Stream.of(required(run), beside(run)).flatMap(Optional::stream).toList();
    }

    /** Whether anything was asked of a run. */
    public static boolean asked(RunReport run) {
        return !run.header().judged().required().isEmpty()
                || run.header().judged().beside().isPresent();
    }

    /** What came of each thing that was required; empty where nothing was. */
    public static Optional<Sheet> required(RunReport run) {
        return run.header().judged().required().isEmpty()
                ? Optional.empty()
                : Optional.of(Requirements.of(run, run.header().judged().required()));
    }

    /** B beside A; empty where the run has no sides. */
    public static Optional<Sheet> beside(RunReport run) {
        return run.header().judged().beside().map(beside -> beside(run, beside));
    }

    /** Where nothing can be judged, that is what came of it. */
    private static Sheet beside(RunReport run, Plan.Beside beside) {
        try {
            return pairs(run, beside);
        } catch (IllegalArgumentException e) {
            return gates(beside).none(about(beside), "nothing is judged: " + e.getMessage());
        }
    }

    /**
     * B beside A as pairs of forks that ran beside each other. Nothing is judged where something is unlike that the sides
     * were not told to differ in, and that was not allowed.
     *
     * @param beside how it is judged, whatever the run was told
     * @throws IllegalArgumentException if nothing can be judged, or a gate that was named can't
     */
    public static Sheet pairs(RunReport run, Plan.Beside beside) {
        Side a = Side.of(run, Trial.Letter.A);
        Side b = Side.of(run, Trial.Letter.B);
        List<String> notes = new ArrayList<>();
        notes.add("paired: each fork of B beside the one of A that it took turns with, so that drift falls on both");
        Unlike.trials(a, b)
                .or(() -> unfit(a, b, beside, notes))
                .or(() -> Gates.tooFew(a, b))
                .ifPresent(obstacle -> {
                    throw new IllegalArgumentException(obstacle);
                });
        return gates(beside).judge(a, b, about(beside), notes);
    }

    private static Gates gates(Plan.Beside beside) {
        return new Gates(beside.gates(), beside.named(), beside.equivalent(), true);
    }

    private static List<String> about(Plan.Beside beside) {
        return beside.differences().isEmpty()
                ? List.of("A and B differ in nothing that was asked for")
                : beside.differences().stream()
                        .map(line -> "A and B differ in " + line)
                        .toList();
    }

    /** What keeps the sides from being judged; what was allowed is noted. */
    private static Optional<String> unfit(Side a, Side b, Plan.Beside beside, List<String> notes) {
        for (Unlike.Difference difference : Unlike.unfit(a, b)) {
            if (!beside.allowed().contains(difference.field())) {
                return Optional.of(difference.field() + ": " + difference.text() + "; --allow-unlike "
                        + difference.field() + " judges all the same");
            }
            notes.add("unlike, as allowed: " + difference.field() + ": " + difference.text());
        }
        return Optional.empty();
    }
}
