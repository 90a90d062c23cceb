package io.inferometer.harness.member;

import java.util.List;

/** The members of a run, which are there until it has ended. */
public interface Members extends AutoCloseable {
    /** {@return those that share the load of each fork, at least one} */
    List<Member> all();

    /** {@return what a reader of the result should know of them, a line each} */
    default List<String> notes() {
        return List.of();
    }

    /** Lets them go. */
    @Override
    default void close() {}

    /**
     * {@return so many members on this machine alone}
     *
     * @param count how many
     * @param launcher starts their JVMs
     */
    static Members here(int count, ForkLauncher launcher) {
        List<Member> members = JvmMember.crew(count, launcher);
        return () -> members;
    }
}
