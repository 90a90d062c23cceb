package io.inferometer.cli.options;

import io.inferometer.plan.UsageException;
import io.inferometer.report.compare.Unlike;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How B is judged beside A. */
public final class GateOptions {
    @Option(
            names = "--gate",
            paramLabel = "GATES",
            description =
                    "The figures that must not be worse, each with its margin. Default: 'ttft.p99 10%%, tpot.p50 5%%,"
                            + " outputTokensPerSecond 5%%', of which those that can't be judged are left out with a note;"
                            + " one that is named here is an error then.")
    private String gates = "";

    @Option(
            names = "--margin",
            paramLabel = "SHARE",
            description = "The margin of gates without one. Default: 5%%, 10%% from p99 on, 1%% of shares.")
    private String margin = "";

    @Option(
            names = "--equivalent",
            description = "Ask that B be no better either: each figure is to be proven the same within its margin.")
    private boolean equivalent;

    @Option(
            names = "--allow-unlike",
            paramLabel = "FIELD",
            description =
                    "Judge though this is not alike, or not fit: workload, params, model, protocol, load, transport, jdk,"
                            + " definitions, lengths, failures, suspect, overloaded or incomplete. May be repeated.")
    private List<String> allowed = new ArrayList<>();

    /** The text of the gates; empty for those that hold anyway. */
    public String gates() {
        return gates;
    }

    /** The margin of gates without one; empty for the usual ones. */
    public String margin() {
        return margin;
    }

    /** Whether B must be no better either. */
    public boolean equivalent() {
        return equivalent;
    }

    /**
     * What may be unlike.
     *
     * @throws UsageException if there is no such
     */
    public List<String> allowed() {
        Unlike.check(allowed);
        return allowed;
    }
}
