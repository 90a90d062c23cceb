package io.inferometer.processor;

import static io.inferometer.processor.Mistakes.assertMistakes;
import static io.inferometer.processor.Mistakes.assertNoMistakes;
import static io.inferometer.processor.Sources.LOAD;
import static io.inferometer.processor.Sources.MEASUREMENT;
import static io.inferometer.processor.Sources.REQUEST;
import static io.inferometer.processor.Sources.TURN;
import static io.inferometer.processor.Sources.file;
import static io.inferometer.processor.Sources.with;
import static io.inferometer.processor.Sources.workload;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MethodsReaderTest {
    private static final String COMPLETE = LOAD + MEASUREMENT;

    @Test
    void aWorkloadHasARequestMethod() {
        assertMistakes(
                workload(COMPLETE, "").replace("class Chat", "»class Chat"),
                "[inferometer:no-request] A workload has exactly one @Request method, or one @Turn method, but neither Chat"
                        + " nor a superclass has one: nothing makes its requests. Add @Request InferenceRequest next() { ... }.");
    }

    @Test
    void aWorkloadHasOneRequestMethod() {
        assertMistakes(
                with("»@Request InferenceRequest next(RequestContext context) { return null; }"),
                "[inferometer:two-requests] A workload has exactly one @Request method, but Chat.next() and"
                        + " Chat.next(RequestContext) both are: nothing says whose turn it is. Keep @Request on one, and"
                        + " choose between prompts inside it.");
    }

    @Test
    void aSubclassAddsNoSecondRequestMethod() {
        assertMistakes(
                file("@Workload class Chat extends Base { »@Request InferenceRequest other() { return null; } }\n"
                        + COMPLETE + " class Base { " + REQUEST + " }"),
                "[inferometer:two-requests] A workload has exactly one @Request method, but Base.next() and Chat.other()"
                        + " both are: nothing says whose turn it is. Keep @Request on one, and choose between prompts"
                        + " inside it.");
    }

    @Test
    void aMethodAndItsOverridesAreOneMethod() {
        String next = "InferenceRequest next() { return InferenceRequest.chat(\"hi\"); }";
        String base = COMPLETE + " abstract class Base { @Request abstract InferenceRequest next(); }";

        assertNoMistakes(file("@Workload class Chat extends Base { @Override " + next + " }\n" + base));
        assertNoMistakes(file("@Workload class Chat extends Base { @Override @Request " + next + " }\n" + base));
    }

    @Test
    void aRequestMethodReturnsARequest() {
        assertMistakes(
                workload(COMPLETE, "@Request java.util.List<InferenceRequest> »next() { return null; }"),
                "[inferometer:request-result] A @Request method returns an InferenceRequest, but Chat.next() returns a"
                        + " List<InferenceRequest>: the harness sends what it returns. Return InferenceRequest.chat(...).");
        assertMistakes(
                workload(COMPLETE, "@Request void »next() {}"),
                "[inferometer:request-result] A @Request method returns an InferenceRequest, but Chat.next() returns"
                        + " nothing: the harness sends what it returns. Return InferenceRequest.chat(...).");
    }

    @Test
    void aStepReturnsNothing() {
        assertMistakes(
                with("@Setup int »open() { return 1; } @TearDown Object »close() { return null; }"),
                "[inferometer:step-result] A @Setup method returns nothing, but Chat.open() returns an int: nobody would"
                        + " look at it. Declare it void, and keep what it makes in a field.",
                "[inferometer:step-result] A @TearDown method returns nothing, but Chat.close() returns an Object: nobody"
                        + " would look at it. Declare it void, and keep what it makes in a field.");
    }

    @Test
    void aMethodTakesItsContextOrNothing() {
        assertMistakes(
                workload(COMPLETE, """
                        @Request InferenceRequest »next(TrialContext trial) { return null; }
                        @Setup void »open(RequestContext context) {}
                        @TearDown void »close(TrialContext trial, int times) {}
                        """),
                "[inferometer:method-parameters] A @Request method takes nothing or a RequestContext, but"
                        + " Chat.next(TrialContext) takes something else: the harness has nothing else to pass. Take a"
                        + " RequestContext, and what varies from @Param fields.",
                "[inferometer:method-parameters] A @Setup method takes nothing or a TrialContext, but"
                        + " Chat.open(RequestContext) takes something else: the harness has nothing else to pass. Take a"
                        + " TrialContext, and what varies from @Param fields.",
                "[inferometer:method-parameters] A @TearDown method takes nothing or a TrialContext, but"
                        + " Chat.close(TrialContext, int) takes something else: the harness has nothing else to pass."
                        + " Take a TrialContext, and what varies from @Param fields.");
    }

    @Test
    void aStepTakesTheContextOfItsLevel() {
        assertMistakes(
                with("""
                        @Setup(Level.ITERATION) void »draw(int iteration) {}
                        @TearDown void »close(io.inferometer.workload.IterationContext iteration) {}
                        """),
                "[inferometer:method-parameters] A @Setup method takes nothing or an IterationContext, but Chat.draw(int)"
                        + " takes something else: the harness has nothing else to pass. Take an IterationContext, and"
                        + " what varies from @Param fields.",
                "[inferometer:trial-parameter] A @TearDown method of a trial takes nothing or a TrialContext, but"
                        + " Chat.close(IterationContext) takes an IterationContext: it is called once for all iterations."
                        + " Write @TearDown(Level.ITERATION), or take a TrialContext.");
    }

    @Test
    void whatARawSuperclassLeavesOpenIsNoRequest() {
        assertMistakes(
                file("@SuppressWarnings(\"rawtypes\") @Workload class Chat extends Base {}\n" + COMPLETE
                        + " abstract class Base<T> { @Request T »next() { return null; } }"),
                "[inferometer:request-result] A @Request method returns an InferenceRequest, but Base.next() returns an"
                        + " Object: the harness sends what it returns. Return InferenceRequest.chat(...).");
        assertNoMistakes(file("@SuppressWarnings(\"rawtypes\") @Workload class Chat extends Base {}\n" + COMPLETE
                + " abstract class Base<T extends InferenceRequest> { @Request T next() { return null; } }"));
    }

    @Test
    void aTypeArgumentThatIsNotThereIsLeftToJavac() {
        Compiled compiled = Compilation.of(file("@Workload class Chat extends Base<Missing> {}\n" + COMPLETE
                        + " abstract class Base<T> { @Request T next() { return null; } }"))
                .run();

        assertThat(compiled.complaints()).singleElement().asString().contains("cannot find symbol");
    }

    @Test
    void aMethodThrowsExceptionsOnly() {
        assertMistakes(
                with("""
                        @Setup void »open() throws Throwable {}
                        @TearDown void close() throws java.io.IOException, AssertionError {}
                        """),
                "[inferometer:method-throws] A @Setup method throws Exception at most, but Chat.open() throws Throwable:"
                        + " what is no Exception is not a failure of the workload. Declare an exception.");
    }

    @Test
    void aMethodIsNeitherPrivateNorStatic() {
        assertMistakes(
                workload(COMPLETE, """
                        @Request private InferenceRequest »next() { return null; }
                        @Setup static void »open() {}
                        """),
                "[inferometer:modifier] A @Request method is not private, but Chat.next() is: the generated Chat_Workload"
                        + " calls it. Remove private.",
                "[inferometer:modifier] A @Setup method is not static, but Chat.open() is: each trial calls it on an"
                        + " instance of its own. Remove static.");
    }

    @Test
    void aWorkloadHasAtMostOneCheck() {
        assertNoMistakes(with("@Check boolean right(io.inferometer.workload.Answer answer) { return true; }"));
        assertMistakes(
                with(
                        "@Check boolean right(io.inferometer.workload.Answer answer) { return true; } »@Check void whole(io.inferometer.workload.Answer answer) {}"),
                "[inferometer:two-checks] A workload has at most one @Check method, but Chat.right(Answer) and"
                        + " Chat.whole(Answer) both are: an answer is judged once. Keep @Check on one, and call the other"
                        + " from it.");
    }

    @Test
    void aCheckSaysWhetherAnAnswerIsRight() {
        assertMistakes(
                with("@Check int »right(io.inferometer.workload.Answer answer) { return 1; }"),
                "[inferometer:check-result] A @Check method returns a boolean, a String or nothing, but Chat.right(Answer)"
                        + " returns an int: it says whether an answer is right. Return false or what is wrong with the"
                        + " answer, or throw an exception.");
    }

    @Test
    void aCheckTakesAnAnswerAndTheContextOfItsRequest() {
        String message = "[inferometer:check-parameters] A @Check method takes an Answer and, if it needs one, a"
                + " RequestContext after it, but %s takes something else: the harness has nothing else to pass. Take"
                + " (Answer answer, RequestContext context), and what varies from @Param fields.";

        assertNoMistakes(
                with(
                        "@Check void right(io.inferometer.workload.Answer answer, RequestContext context) throws Exception {}"));
        assertMistakes(with("@Check void »right() {}"), message.formatted("Chat.right()"));
        assertMistakes(
                with("@Check void »right(RequestContext context, io.inferometer.workload.Answer answer) {}"),
                message.formatted("Chat.right(RequestContext, Answer)"));
        assertMistakes(with("@Check void »right(String answer) {}"), message.formatted("Chat.right(String)"));
    }

    @Test
    void aCheckIsNeitherPrivateNorStatic() {
        assertMistakes(
                with("@Check private void »right(io.inferometer.workload.Answer answer) {}"),
                "[inferometer:modifier] A @Check method is not private, but Chat.right(Answer) is: the generated"
                        + " Chat_Workload calls it. Remove private.");
    }

    @Test
    void aMethodMayBeBothSetupAndTearDown() {
        assertNoMistakes(with("@Setup @TearDown(Level.ITERATION) void reset() {}"));
    }

    @Test
    void aWorkloadHasARequestMethodOrATurnMethod() {
        assertNoMistakes(workload(COMPLETE, TURN));
        assertNoMistakes(workload(COMPLETE, "@Turn NextTurn next() throws java.io.IOException { return null; }"));
        assertMistakes(
                with("»" + TURN),
                "[inferometer:request-and-turn] A workload has exactly one @Request method, or one @Turn method, but"
                        + " Chat.next() is the one and Chat.next(TurnContext) the other: requests stand alone, or are turns of"
                        + " sessions. Keep one of them.");
    }

    @Test
    void aWorkloadHasOneTurnMethod() {
        assertMistakes(
                workload(COMPLETE, TURN + " »@Turn NextTurn other(TurnContext turn) { return null; }"),
                "[inferometer:two-turns] A workload has exactly one @Turn method, but Chat.next(TurnContext) and"
                        + " Chat.other(TurnContext) both are: nothing says which of them goes on with a session. Keep @Turn on"
                        + " one, and choose between sessions inside it.");
    }

    @Test
    void aTurnMethodReturnsWhatComesNextAndTakesItsTurn() {
        assertMistakes(
                workload(COMPLETE, "@Turn InferenceRequest »next(TurnContext turn) { return null; }"),
                "[inferometer:turn-result] A @Turn method returns a NextTurn, but Chat.next(TurnContext) returns an"
                        + " InferenceRequest: it says what comes next in a session. Return NextTurn.ask(turn.say(...)) or"
                        + " NextTurn.end().");
        assertMistakes(
                workload(COMPLETE, "@Turn void »next(TurnContext turn) {}"),
                "[inferometer:turn-result] A @Turn method returns a NextTurn, but Chat.next(TurnContext) returns nothing: it"
                        + " says what comes next in a session. Return NextTurn.ask(turn.say(...)) or NextTurn.end().");
        assertMistakes(
                workload(COMPLETE, "@Turn NextTurn »next(RequestContext context) { return null; }"),
                "[inferometer:method-parameters] A @Turn method takes nothing or a TurnContext, but"
                        + " Chat.next(RequestContext) takes something else: the harness has nothing else to pass. Take a"
                        + " TurnContext, and what varies from @Param fields.");
    }
}
