package io.inferometer.harness.member;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** A member on this machine: its JVMs are processes that this one starts. */
public final class JvmMember implements Member {
    private final String name;
    private final ForkLauncher launcher;

    /**
     * @param name what it is called
     * @param launcher starts its JVMs
     */
    public JvmMember(String name, ForkLauncher launcher) {
        this.name = name;
        this.launcher = launcher;
    }

    /**
     * {@return so many members on this machine}
     *
     * @param count how many
     * @param launcher starts their JVMs
     */
    public static List<Member> crew(int count, ForkLauncher launcher) {
        return IntStream.rangeClosed(1, count)
                .<Member>mapToObj(number -> new JvmMember("member " + number, launcher))
                .toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Part start(Share share) throws IOException {
        return new ProcessPart(launcher.start(share));
    }
}
