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

    /** A member on this machine alone. */
    static Members here(ForkLauncher launcher) {
        List<Member> member = List.of(new JvmMember("this machine", launcher));
        return () -> member;
    }
}
