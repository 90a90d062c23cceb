package io.inferometer.workload;

/**
 * What a session says, turn by turn: the {@code @Turn} method of a workload, or a child that a turn {@linkplain
 * NextTurn.Ask#spawn spawns}, often as a lambda.
 *
 * <p>Of one session it is called one turn after the other; of several sessions by several threads at the same time, none of
 * which reads responses.
 */
@FunctionalInterface
public interface Session {
    /**
     * What comes next, where the answer before has ended.
     *
     * @param turn the turn that is to be made, and what came before
     * @return never null
     * @throws Exception anything, which ends the run
     */
    NextTurn next(TurnContext turn) throws Exception;

    /** {@return what it is called where it comes from, a file for one; empty where it has no name} */
    default String name() {
        return "";
    }
}
