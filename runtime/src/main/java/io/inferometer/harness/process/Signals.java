package io.inferometer.harness.process;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Signals to this process. The one class that looks classes up by their names: the JDK can handle signals, and has no
 * supported interface for it.
 */
final class Signals {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

    private Signals() {}

    /**
     * Has an action run, on a thread of its own, whenever a signal comes, in place of what the JVM does about it. A signal
     * that the process was started to ignore stays ignored.
     *
     * @param name without SIG, as in {@code INT}
     * @return whether that can be: it can't where the JDK has no such classes, the system no such signal, or {@code -Xrs}
     *     keeps the JVM from signals
     */
    static boolean handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandle run = LOOKUP.findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(action);
            Object runs = MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(run, 0, signal));
            Object named = LOOKUP.findConstructor(signal, MethodType.methodType(void.class, String.class))
                    .invoke(name);
            LOOKUP.findStatic(signal, "handle", MethodType.methodType(handler, signal, handler))
                    .invoke(named, runs);
            return true;
        } catch (Throwable e) {
            // Whatever is missing: signals then do what they do in any JVM.
            return false;
        }
    }
}
