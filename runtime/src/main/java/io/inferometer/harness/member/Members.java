package io.inferometer.harness.member;

import java.util.List;

/** The members of a run, which are there until it has ended. */
public interface Members extends AutoCloseable {
    /** Those that share the load of each fork, at least one. */
    List<Member> all();

    /** What a reader of the result should know of them, a line each. */
    default List<String> notes() {
        return List.of();
    }

    /** Lets them go. */
    @Override
    default void close() {}

    /** So many members on this machine alone. */
    static Members here(int count, ForkLauncher launcher) {
        List<Member> members = JvmMember.crew(count, launcher);
        return () -> members;
    }
}
