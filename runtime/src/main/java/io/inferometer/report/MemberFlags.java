package io.inferometer.report;

import static io.inferometer.report.text.Format.count;

import io.inferometer.report.header.TrialHeader;
import io.inferometer.report.member.LoadLeft;
import io.inferometer.report.member.MemberLoss;
import io.inferometer.report.text.Format;
import io.inferometer.workload.Load;
import java.util.List;

/** What a reader should know of members that were lost: what is missing of them, and which load was left. */
final class MemberFlags {
    private MemberFlags() {}

    static void add(TrialHeader header, List<MemberLoss> losses, List<Flag> flags) {
        for (MemberLoss loss : losses) {
            String fork = header.forks().count() > 1 ? " in fork " + count(loss.fork() + 1L) : "";
            flags.add(new Flag(
                    "lost-member",
                    loss.member() + fork + " " + loss.why() + "; " + inFlight(loss)
                            + (loss.ended()
                                    ? "; the others were told to send nothing more"
                                    : loss.left()
                                            .map(left -> "; " + offered(left, header.load()))
                                            .orElse(""))));
        }
    }

    private static String inFlight(MemberLoss loss) {
        if (loss.inFlight().isEmpty()) {
            return "how many requests it had in flight is not known, and they are in no figure";
        }
        int requests = loss.inFlight().getAsInt();
        return requests == 0
                ? "it had nothing in flight when it last told"
                : "it had " + count(requests, "request") + " in flight when it last told, which "
                        + (requests == 1 ? "is" : "are") + " in no figure";
    }

    private static String offered(LoadLeft left, Load load) {
        if (left.share() == 0) {
            return "nobody was left";
        }
        if (left.concurrency().isPresent() && load instanceof Load.Closed closed) {
            return "from then on " + count(left.concurrency().getAsInt()) + " of " + count(closed.concurrency(), "slot")
                    + " sent";
        }
        if (left.requestsPerSecond().isPresent() && load instanceof Load.Open open) {
            return "from then on the others sent "
                    + Format.brief(left.requestsPerSecond().getAsDouble()) + " of " + Format.plain(open.rate())
                    + " requests/s";
        }
        return "from then on the others sent " + Format.percent(left.share()) + " of the load";
    }
}
