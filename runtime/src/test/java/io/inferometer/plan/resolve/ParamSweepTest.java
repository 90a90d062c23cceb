package io.inferometer.plan.resolve;

import static io.inferometer.plan.resolve.Planning.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.binding.ParamType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParamSweepTest {
    @Test
    void comparesValuesByTheirType() {
        assertThat(swept(new ParamType.Decimal(), "1", "1.0", "1e0", "2")).containsExactly("1", "2");
        assertThat(swept(new ParamType.Decimal(), "0", "-0.0")).containsExactly("0");
        assertThat(swept(new ParamType.Int(), "8", "+8", "08", "9")).containsExactly("8", "9");
        assertThat(swept(new ParamType.Long(), "8", "08")).containsExactly("8");
        assertThat(swept(new ParamType.Text(), "1", "1.0")).containsExactly("1", "1.0");
    }

    @Test
    void tellsOfAValueThatIsThereInOtherWords() {
        Planning planning = Planning.of(declared().param("d", new ParamType.Decimal(), "", "3"));
        planning.options.param("d", "1", "1.0");

        assertThat(planning.plan().notes()).containsExactly("-p d=1,1.0: 1.0 is 1 again, and run once");
    }

    @Test
    void refusesTheSameTextTwice() {
        Planning planning = Planning.of(declared().param("d", new ParamType.Decimal(), "", "3"));
        planning.options.param("d", "1", "1");

        assertThatThrownBy(planning::plan).isInstanceOf(UsageException.class).hasMessage("-p d=1,1: 1 is there twice");
    }

    @Test
    void keepsACommaOfAValue() {
        assertThat(swept(new ParamType.Text(), "a,b", "c")).containsExactly("a,b", "c");
        assertThat(values(Planning.of(declared().param("d", new ParamType.Choice(List.of("a", "b")), "D", "a"))
                        .env("D", "a,b")
                        .plan()))
                .containsExactly("a", "b");
    }

    private static List<String> swept(ParamType type, Object... values) {
        Planning planning = Planning.of(declared().param("d", type, "", "3"));
        planning.options.param("d", values);
        return values(planning.plan());
    }

    private static List<String> values(Plan plan) {
        return plan.trials().stream().map(trial -> trial.params().text("d")).toList();
    }
}
