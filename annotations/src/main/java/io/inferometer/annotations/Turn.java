package io.inferometer.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the method that says what comes next in a session: a conversation, or an agent at work.
 *
 * <ul>
 *   <li>It returns an {@code io.inferometer.workload.NextTurn} and takes an {@code io.inferometer.workload.TurnContext},
 *       which holds the history with the endpoint's real answers.
 *   <li>It is called when the answer before has ended, by threads of its own: of one session one turn after the other, of
 *       several sessions at the same time. So what it keeps of a session belongs into the history, or must be safe for use
 *       by several threads.
 *   <li>What it does is within the time to think; what exceeds that is told as the client's schedule delay.
 *   <li>A session whose first turn is already its end is none: the iteration then begins no more.
 *   <li>It and its overrides are one method, whether or not they repeat the annotation; the nearest annotation wins.
 *   <li>What a session asks must follow from its number and the answers: seeded, not drawn from the time of day.
 * </ul>
 *
 * <p>On one method of a workload class or of a superclass of it, in place of a {@link Request} method.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Turn {}
