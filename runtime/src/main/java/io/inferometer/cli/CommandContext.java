package io.inferometer.cli;

import io.inferometer.cli.options.Legible;
import io.inferometer.cli.terminal.TerminalWidth;
import io.inferometer.plan.Trial;
import io.inferometer.report.console.page.Page;
import io.inferometer.report.console.page.Screen;
import io.inferometer.report.text.StackTraces;
import io.inferometer.secret.Secrets;
import io.inferometer.service.Providers;
import io.inferometer.workload.binding.WorkloadBinding;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What a subcommand finds around it. For one thread. */
public final class CommandContext {
    private final Providers<WorkloadBinding<?>> workloads;
    private final UnaryOperator<String> environment;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private Secrets secrets = Secrets.none();
    private boolean stackTraces;
    private Function<Trial, List<String>> forkWords = trial -> List.of();

    /**
     * @param workloads the workloads that there are
     * @param environment a variable's value by its name, null where it is unset
     * @param clock tells the time of day
     * @param out where results go
     * @param err where errors and warnings go
     * @param terminal whether {@code out} shows a line that is written again in place
     */
    CommandContext(
            Providers<WorkloadBinding<?>> workloads,
            UnaryOperator<String> environment,
            Clock clock,
            PrintStream out,
            PrintStream err,
            boolean terminal) {
        this.workloads = workloads;
        Objects.requireNonNull(environment, "environment");
        this.environment = name -> Legible.variable(name, environment.apply(name));
        this.clock = Objects.requireNonNull(clock, "clock");
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** {@return what this process gives} */
    public static CommandContext ofProcess() {
        boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
        return new CommandContext(
                Main.workloads(), System::getenv, Clock.systemDefaultZone(), System.out, System.err, terminal);
    }

    /** {@return the workloads that there are} */
    public Providers<WorkloadBinding<?>> workloads() {
        return workloads;
    }

    /** {@return a variable's value by its name, null where it is unset} */
    public UnaryOperator<String> environment() {
        return environment;
    }

    /** {@return the names of the variables that this process has} */
    public static Set<String> variables() {
        return System.getenv().keySet();
    }

    /** {@return what tells the time of day} */
    public Clock clock() {
        return clock;
    }

    /** {@return where results go} */
    public PrintStream out() {
        return out;
    }

    /** {@return the console that shows a run: {@link #out} with its width} */
    public Screen screen() {
        return new Screen(out, terminal, new Page(TerminalWidth.of(environment, terminal)));
    }

    /** {@return whether {@link #out} shows a line that is written again in place} */
    public boolean terminal() {
        return terminal;
    }

    /** The options with which {@code run} has a trial in its plan, for the command line of its forks. */
    Function<Trial, List<String>> forkWords() {
        return forkWords;
    }

    void forkWords(Function<Trial, List<String>> words) {
        forkWords = words;
    }

    /** Keeps these out of whatever is told from now on. */
    void keep(Secrets newSecrets) {
        secrets = newSecrets;
    }

    /** Whether an error is followed by its stack trace. */
    void showStackTraces(boolean shown) {
        stackTraces = shown;
    }

    /**
     * Says something that the user should know, on one line.
     *
     * @param message without a line break at its end
     */
    public void tell(String message) {
        err.println("inferometer: " + secrets.redact(oneLine(message)));
        err.flush();
    }

    /** Says what went wrong, on one line. */
    void tell(String message, Throwable cause) {
        tell(message);
        tellTrace(() -> StackTraces.text(cause));
    }

    /** Prints the lines of a stack trace, where they are to be shown. */
    void tellTrace(Supplier<String> trace) {
        if (stackTraces) {
            err.print(secrets.redact(trace.get()));
            err.flush();
        }
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\p{Cntrl}+\\s*", " ");
    }
}
