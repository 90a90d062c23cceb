package io.inferometer.plan;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Setting;
import io.inferometer.workload.Extent;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Forks;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.List;
import java.util.stream.Stream;

/** What a workload's annotations say, in the words of the command line. */
public final class DeclaredSettings {
    private DeclaredSettings() {}

    /**
     * {@return what a workload declares, as the options that would say the same}
     *
     * @param workload what its annotations say
     */
    public static Options of(WorkloadDescriptor workload) {
        Options.Builder options = Options.of();
        text(options, Setting.BASE_URL, workload.endpoint().url());
        text(options, Setting.PATH, workload.endpoint().path());
        text(options, Setting.API_KEY_ENV, workload.endpoint().apiKeyEnv());
        text(options, Setting.AUTH, workload.endpoint().auth());
        workload.endpoint().protocol().ifPresent(options::protocol);
        text(options, Setting.MODEL, workload.model().name());
        text(options, Setting.TOKENIZER, workload.model().tokenizer());
        text(options, Setting.STAGES, workload.schedule().stages());
        loads(options, workload.schedule().loads());
        warmup(options, workload.schedule().warmup());
        if (workload.schedule().stages().isEmpty()) {
            measurement(options, workload.schedule().measurement());
        }
        workload.limits().objective().ifPresent(options::slo);
        workload.limits().timeout().ifPresent(options::timeout);
        Forks forks = workload.forks();
        if (!forks.equals(Forks.NONE)) {
            options.forks(forks.count());
            text(options, Setting.JVM, forks.jvm());
            text(options, Setting.JVM_ARGS, String.join(" ", forks.jvmArgs()));
        }
        workload.results()
                .forEach(result -> options.set(
                                Setting.RESULT_FORMAT, OptionText.word("a result's format", result.format()))
                        .set(Setting.RESULT_FILE, result.file()));
        workload.params()
                .forEach(param -> options.param(param.name(), param.values().toArray()));
        return options.build();
    }

    private static void text(Options.Builder options, Setting setting, String text) {
        if (!text.isEmpty()) {
            options.set(setting, text);
        }
    }

    private static void loads(Options.Builder options, List<Load> loads) {
        if (loads.get(0) instanceof Load.Closed) {
            options.concurrency(each(loads, Load.Closed.class)
                    .mapToInt(Load.Closed::concurrency)
                    .toArray());
        } else if (loads.get(0) instanceof Load.Open open) {
            options.rate(each(loads, Load.Open.class)
                            .mapToDouble(Load.Open::rate)
                            .toArray())
                    .arrivals(open.arrivals());
            if (open.arrivals() == Arrivals.GAMMA) {
                options.burstiness(open.burstiness());
            }
        } else if (loads.get(0) instanceof Load.Replay replay) {
            options.speed(each(loads, Load.Replay.class)
                    .mapToDouble(Load.Replay::speed)
                    .toArray());
            replay.maxIdle().ifPresent(options::maxIdle);
        } else if (loads.get(0) instanceof Load.AtOnce once) {
            options.allAtOnce();
            if (once.slots() != Load.AtOnce.ALL) {
                options.users(once.slots());
            }
            if (once.slotsPerSecond() != Load.AtOnce.INSTANT) {
                options.spawnRate(once.slotsPerSecond());
            }
        }
    }

    private static <T> Stream<T> each(List<Load> loads, Class<T> type) {
        return loads.stream().map(type::cast);
    }

    private static void warmup(Options.Builder options, Iterations iterations) {
        if (iterations.count() > 0) {
            options.warmupIterations(iterations.count());
        }
        if (iterations.extent() instanceof Extent.Requests extent) {
            options.warmupRequests(extent.count());
        } else if (iterations.extent() instanceof Extent.RequestsPerSlot extent) {
            options.warmupRequestsPerSlot(extent.count());
        } else if (iterations.extent() instanceof Extent.Sessions extent) {
            options.warmupSessions(extent.count());
        } else if (iterations.extent() instanceof Extent.Time extent) {
            options.warmupTime(extent.duration());
        }
    }

    private static void measurement(Options.Builder options, Iterations iterations) {
        options.iterations(iterations.count());
        if (iterations.extent() instanceof Extent.Requests extent) {
            options.requests(extent.count());
        } else if (iterations.extent() instanceof Extent.RequestsPerSlot extent) {
            options.requestsPerSlot(extent.count());
        } else if (iterations.extent() instanceof Extent.Sessions extent) {
            options.sessions(extent.count());
        } else if (iterations.extent() instanceof Extent.Time extent) {
            options.time(extent.duration());
        }
    }
}
