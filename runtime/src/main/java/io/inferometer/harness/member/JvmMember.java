package io.inferometer.harness.member;

import java.io.IOException;

/** A member on this machine: its JVMs are processes that this one starts. */
public final class JvmMember implements Member {
    private final String name;
    private final ForkLauncher launcher;

    /** @param launcher starts its JVMs */
    public JvmMember(String name, ForkLauncher launcher) {
        this.name = name;
        this.launcher = launcher;
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
