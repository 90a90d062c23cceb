package io.inferometer.harness.trial;

import io.inferometer.workload.binding.WorkloadBinding;

/** Tells in one line what a workload's method threw: {@code AssertionError in Sample.next: no prompt}. */
final class Thrown {
    private Thrown() {}

    /**
     * What it was, in which method, and its message. What was thrown elsewhere than in the workload is told by its message
     * alone, which was written to be read.
     */
    static String line(WorkloadBinding<?> binding, Throwable thrown) {
        boolean byInitializer = thrown instanceof ExceptionInInitializerError && thrown.getCause() != null;
        Throwable what = byInitializer ? thrown.getCause() : thrown;
        String message = what.getMessage() == null ? "" : oneLine(what.getMessage());
        String place = place(binding, what);
        if (place.isEmpty() && !message.isEmpty() && what instanceof Exception) {
            return message;
        }
        return name(what.getClass().getName()) + place + (message.isEmpty() ? "" : ": " + message);
    }

    /** A text with its line ends and other marks taken for spaces. */
    static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\p{Cntrl}+\\s*", " ");
    }

    /** The method that the binding called, or the innermost one where the stack was too deep to be told to its bottom. */
    private static String place(WorkloadBinding<?> binding, Throwable thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        for (int i = 0; i < frames.length; i++) {
            if (frames[i].getClassName().equals(binding.getClass().getName())) {
                return in(frames[Math.max(0, i - 1)]);
            }
        }
        return thrown instanceof StackOverflowError && frames.length > 0 ? in(frames[0]) : "";
    }

    private static String in(StackTraceElement frame) {
        String type = name(frame.getClassName());
        return switch (frame.getMethodName()) {
            case "<init>" -> " in the constructor of " + type;
            case "<clinit>" -> " in the static initialiser of " + type;
            default -> " in " + type + "." + frame.getMethodName();
        };
    }

    private static String name(String className) {
        return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    }
}
