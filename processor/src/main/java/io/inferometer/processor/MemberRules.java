package io.inferometer.processor;

import io.inferometer.processor.declaration.Problems;
import io.inferometer.processor.declaration.Rule;
import io.inferometer.processor.declaration.Site;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;

/** Checks that the generated class, which stands in the workload's package, can use a member of the workload. */
final class MemberRules {
    private final Lineage lineage;
    private final Problems problems;

    MemberRules(Lineage lineage, Problems problems) {
        this.lineage = lineage;
        this.problems = problems;
    }

    /**
     * Checks a field or method.
     *
     * @param noun what it is, for the message
     * @param verb what the generated class does with it
     * @param unfit the further modifiers it must not have, and why
     */
    void check(Element member, String noun, String verb, Map<Modifier, String> unfit) {
        for (Modifier modifier : member.getModifiers()) {
            if (unfit.containsKey(modifier)) {
                problems.add(
                        Rule.MODIFIER, Site.of(member), noun, modifier, Wording.member(member), unfit.get(modifier));
            }
        }
        if (member.getModifiers().contains(Modifier.PRIVATE)) {
            String reason = "the generated " + lineage.binding() + " " + verb + " it";
            problems.add(Rule.MODIFIER, Site.of(member), noun, Modifier.PRIVATE, Wording.member(member), reason);
        } else if (!lineage.reaches(member)) {
            problems.add(
                    Rule.UNREACHABLE,
                    Site.of(member),
                    Wording.member(member),
                    Wording.visibility(member),
                    lineage.packageOf(member),
                    lineage.binding(),
                    lineage.home());
        }
    }
}
