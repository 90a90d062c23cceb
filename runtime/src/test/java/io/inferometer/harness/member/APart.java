package io.inferometer.harness.member;

/** A share that some process runs. */
public final class APart {
    private APart() {}

    public static Part of(Process process) {
        return new ProcessPart(process);
    }
}
