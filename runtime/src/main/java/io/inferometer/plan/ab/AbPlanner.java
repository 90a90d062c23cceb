package io.inferometer.plan.ab;

import io.inferometer.annotations.Setting;
import io.inferometer.judge.Contrast;
import io.inferometer.judge.Gate;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.SettingSource;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.plan.resolve.Planner;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Resolves two sides, each as a run of its own is, and makes one plan of them, before anything is sent. */
public final class AbPlanner {
    /** How many forks a side has where nobody says. */
    public static final int FORKS = 5;

    private final Planner planner;

    /**
     * Plans sides as runs of their own are planned.
     *
     * @param planner plans each side
     */
    public AbPlanner(Planner planner) {
        this.planner = planner;
    }

    /**
     * {@return the plan of both sides}
     *
     * @param asked both sides, and how they are judged
     * @throws UsageException where it can't be done as asked
     */
    public AbPlan plan(AbOptions asked) {
        Options common = withForks(asked.common());
        Options ofA = Overlay.of(common, asked.a(), "--a");
        Options ofB = Overlay.of(common, asked.b(), "--b");
        Plan a = side(Trial.Letter.A, ofA, asked.a());
        Plan b = side(Trial.Letter.B, ofB, asked.b());
        if (a.trials().size() != b.trials().size()) {
            throw new UsageException(
                    "A has " + a.trials().size() + " trials and B " + b.trials().size()
                            + ": each of A's is judged beside one of B's, so both have to have as many loads and values of"
                            + " parameters");
        }
        Plan.Judgement judged = a.judgement();
        Plan.Beside beside = new Plan.Beside(
                gates(asked),
                !asked.gates().isBlank(),
                asked.equivalent(),
                asked.allowUnlike(),
                new SideDifferences(asked, ofA, ofB).lines());
        Plan plan = a.with(
                        turns(a.trials(), b.trials()),
                        new Plan.Judgement(
                                judged.maxFailures(),
                                judged.percentiles(),
                                judged.strict(),
                                judged.required(),
                                Optional.of(beside)),
                        notes(a, b))
                .saying(settings(asked, a, b));
        plan.trials().forEach(AbPlanner::checkForks);
        Planner.check(plan);
        return new AbPlan(plan, ofA, ofB);
    }

    private static void checkForks(Trial trial) {
        int forks = trial.forks().count();
        if (forks < Contrast.FEWEST_FORKS) {
            throw new UsageException(Options.name(Setting.FORKS) + " " + forks + ": " + Contrast.FEWEST_FORKS
                    + " forks a side are the least that can be judged; " + FORKS + " are usual");
        }
    }

    private static Options withForks(Options common) {
        if (common.text(Setting.FORKS).isPresent()) {
            return common;
        }
        Map<Setting, List<String>> settings = new EnumMap<>(Setting.class);
        settings.putAll(common.settings());
        settings.put(Setting.FORKS, List.of(Integer.toString(FORKS)));
        return new Options(
                common.workloads(), common.excludes(), settings, common.params(), common.resume(), common.variables());
    }

    /** What is wrong with what a side alone has is told of that side. */
    private Plan side(Trial.Letter letter, Options options, Options own) {
        try {
            return planner.unchecked(options).of(letter);
        } catch (UsageException e) {
            boolean common = own.settings().isEmpty() && own.params().isEmpty();
            throw common ? e : new UsageException(letter + ": " + e.getMessage());
        }
    }

    private static List<Trial> turns(List<Trial> a, List<Trial> b) {
        List<Trial> turns = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            turns.add(a.get(i));
            turns.add(b.get(i));
        }
        return turns;
    }

    /** Those of both sides once, and those of one side with its letter. */
    private static List<String> notes(Plan a, Plan b) {
        return Stream.concat(
                        a.notes().stream().map(note -> b.notes().contains(note) ? note : "A: " + note),
                        b.notes().stream()
                                .filter(note -> !a.notes().contains(note))
                                .map(note -> "B: " + note))
                .toList();
    }

    /** Those of both sides once, and those of one side with its letter. */
    private static List<SettingSource> settings(AbOptions asked, Plan a, Plan b) {
        List<SettingSource> all = new ArrayList<>(SettingSource.given(asked.common()));
        for (Trial.Letter letter : Trial.Letter.values()) {
            SettingSource.given(asked.side(letter)).forEach(setting -> all.add(setting.of(letter.name())));
        }
        all.addAll(SettingSource.together(new TreeMap<>(Map.of("A", a.declared(), "B", b.declared()))));
        return all;
    }

    private static List<Gate> gates(AbOptions asked) {
        return gates(asked.gates(), asked.margin());
    }

    /**
     * {@return gates by their text}
     *
     * @param text empty for those that hold anyway
     * @param margin of those without one; empty for the usual ones
     * @throws UsageException where there are no such
     */
    public static List<Gate> gates(String text, String margin) {
        try {
            OptionalDouble usual = margin.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Gate.margin(margin));
            return Gate.parse(text.isBlank() ? Gate.DEFAULTS : text, usual);
        } catch (IllegalArgumentException e) {
            throw new UsageException((text.isBlank() ? "--margin: " : "--gate: ") + e.getMessage());
        }
    }
}
