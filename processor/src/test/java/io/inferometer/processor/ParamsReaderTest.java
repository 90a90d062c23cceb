package io.inferometer.processor;

import static io.inferometer.processor.Mistakes.assertMistakes;
import static io.inferometer.processor.Mistakes.assertNoMistakes;
import static io.inferometer.processor.Sources.LOAD;
import static io.inferometer.processor.Sources.MEASUREMENT;
import static io.inferometer.processor.Sources.REQUEST;
import static io.inferometer.processor.Sources.file;
import static io.inferometer.processor.Sources.with;
import static io.inferometer.processor.Sources.workload;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.workload.binding.ParamSpec;
import io.inferometer.workload.binding.ParamType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParamsReaderTest {
    @Test
    void everyTypeIsRead() {
        Compiled compiled = assertNoMistakes(with("""
                enum Mode { FAST, SLOW }
                @Param("hello, world") String text;
                @Param({"true", "false"}) boolean flag;
                @Param(value = "-1", env = "WHOLE") int whole;
                @Param("9000000000") long big;
                @Param({"0.5", "1e3"}) double decimal;
                @Param("SLOW") Mode mode;
                """));

        assertThat(compiled.binding("p.Chat_Workload").descriptor().params())
                .containsExactly(
                        new ParamSpec("text", new ParamType.Text(), List.of("hello, world"), ""),
                        new ParamSpec("flag", new ParamType.Flag(), List.of("true", "false"), ""),
                        new ParamSpec("whole", new ParamType.Int(), List.of("-1"), "WHOLE"),
                        new ParamSpec("big", new ParamType.Long(), List.of("9000000000"), ""),
                        new ParamSpec("decimal", new ParamType.Decimal(), List.of("0.5", "1e3"), ""),
                        new ParamSpec("mode", new ParamType.Choice(List.of("FAST", "SLOW")), List.of("SLOW"), ""));
    }

    @Test
    void parametersOfASuperclassComeFirst() {
        Compiled compiled = assertNoMistakes(file("@Workload class Chat extends Base { @Param(\"1\") int b; }\n" + LOAD
                + MEASUREMENT + "abstract class Base { @Param(\"1\") int c; @Param(\"1\") int a; " + REQUEST + " }"));

        assertThat(compiled.binding("p.Chat_Workload").descriptor().params())
                .extracting(ParamSpec::name)
                .containsExactly("c", "a", "b");
    }

    @Test
    void aParameterHasATypeThatCanBeWritten() {
        assertMistakes(
                with("""
                        @Param("1") Integer »boxed;
                        @Param("1") float »single;
                        @Param("1") java.util.List<String> »list;
                        @Param("1") int[] »array;
                        """),
                "[inferometer:param-type] A parameter is a String, boolean, int, long, double or enum, but Chat.boxed is"
                        + " an Integer: its values are given as text. Declare it as int.",
                "[inferometer:param-type] A parameter is a String, boolean, int, long, double or enum, but Chat.single is"
                        + " a float: its values are given as text. Declare it as double.",
                "[inferometer:param-type] A parameter is a String, boolean, int, long, double or enum, but Chat.list is a"
                        + " List<String>: its values are given as text. Declare it as String, and make what is needed of"
                        + " it in @Setup.",
                "[inferometer:param-type] A parameter is a String, boolean, int, long, double or enum, but Chat.array is"
                        + " an int[]: its values are given as text. Declare it as String, and make what is needed of it"
                        + " in @Setup.");
    }

    @Test
    void theFieldIsNeitherPrivateNorStaticNorFinal() {
        assertMistakes(
                with("""
                        @Param("1") private int »a;
                        @Param("1") static int »b;
                        @Param("1") final int »c = 1;
                        """),
                "[inferometer:modifier] A parameter's field is not private, but Chat.a is: the generated Chat_Workload"
                        + " sets it. Remove private.",
                "[inferometer:modifier] A parameter's field is not static, but Chat.b is: each trial sets the field of"
                        + " its own instance. Remove static.",
                "[inferometer:modifier] A parameter's field is not final, but Chat.c is: it is set after the constructor"
                        + " has run. Remove final.");
    }

    @Test
    void theEnumCanBeNamedInThePackage() {
        assertMistakes(
                with("private enum Mode { FAST } @Param(\"FAST\") Mode »mode;"),
                "[inferometer:param-enum] A parameter's enum is visible in the workload's package, but p.Chat.Mode is"
                        + " not: the generated Chat_Workload in p names it. Remove private, or make it and the types around it public.");
    }

    @Test
    void anEnumOfAnotherPackageIsPublic() {
        assertMistakes(
                List.of(
                        file("q", "public class Base { protected enum Mode { FAST } }"),
                        file("@Workload " + LOAD + MEASUREMENT
                                + " class Chat extends q.Base { @Param(\"FAST\") Mode »mode; " + REQUEST + " }")),
                "[inferometer:param-enum] A parameter's enum is visible in the workload's package, but q.Base.Mode is"
                        + " not: the generated Chat_Workload in p names it. Remove private, or make it and the types around it public.");
    }

    @Test
    void aParameterHasAValue() {
        assertMistakes(
                with("@Param(»{}) int isl;"),
                "[inferometer:no-values] Chat.isl has at least one value, but {} has none: each value is a trial, so there"
                        + " would be no trial. Write one.");
    }

    @Test
    void aValueIsOfTheFieldsType() {
        assertMistakes(
                with("""
                        enum Mode { FAST, SLOW }
                        @Param({»"yes", "true"}) boolean flag;
                        @Param({"1", »"1k"}) int whole;
                        @Param(»"1.5") long big;
                        @Param(»"NaN") double decimal;
                        @Param(»"fast") Mode mode;
                        """),
                "[inferometer:param-value] A value of Chat.flag is true or false, not \"yes\": the field is a boolean."
                        + " Write such a value, or change the field's type.",
                "[inferometer:param-value] A value of Chat.whole is a whole number of 32 bits, not \"1k\": the field is an"
                        + " int. Write such a value, or change the field's type.",
                "[inferometer:param-value] A value of Chat.big is a whole number of 64 bits, not \"1.5\": the field is a"
                        + " long. Write such a value, or change the field's type.",
                "[inferometer:param-value] A value of Chat.decimal is a finite number, not \"NaN\": the field is a"
                        + " double. Write such a value, or change the field's type.",
                "[inferometer:param-value] A value of Chat.mode is one of FAST, SLOW, not \"fast\": the field is a"
                        + " Chat.Mode. Write such a value, or change the field's type.");
    }

    @Test
    void aParameterHasEachValueOnce() {
        assertMistakes(
                with("@Param({\"1\", \"2\", »\"01\"}) int isl;"),
                "[inferometer:duplicate-value] Chat.isl has each value once, but \"01\" comes twice: each value is a"
                        + " trial, and these would be the same one. Remove it, or ask for several forks.");
    }

    @Test
    void itsVariableHasAPlausibleName() {
        assertMistakes(
                with("@Param(value = \"1\", env = »\"I-SL\") int isl;"),
                "[inferometer:variable-name] @Param isl names an environment variable, but \"I-SL\" is no such name: it"
                        + " has letters, digits and _, and does not start with a digit. Write it like NUM_PROMPTS.");
    }

    @Test
    void itsVariableIsNotThatOfTheKey() {
        assertMistakes(
                workload(
                        LOAD + MEASUREMENT + " @Endpoint(value = \"https://example.com\", apiKeyEnv = \"KEY\")",
                        "@Param(value = \"x\", env = »\"KEY\") String name; " + REQUEST),
                "[inferometer:key-as-value] A variable that holds the API key holds nothing else, but KEY is read by"
                        + " @Param name too: such values are printed in every result. Name another variable.");
    }

    @Test
    void aParameterOfASuperclassIsNotHidden() {
        assertMistakes(
                file("@Workload class Chat extends Base { @Param(\"1\") int »isl; private long »osl; }\n" + LOAD
                        + MEASUREMENT + " class Base { @Param(\"1\") int isl; @Param(\"1\") int osl; " + REQUEST
                        + " }"),
                "[inferometer:param-hidden] A parameter's name is its own, but Chat.isl hides the parameter Base.isl:"
                        + " setting one would leave the other unset. Rename one of the fields.",
                "[inferometer:param-hidden] A parameter's name is its own, but Chat.osl hides the parameter Base.osl:"
                        + " setting one would leave the other unset. Rename one of the fields.");
    }
}
