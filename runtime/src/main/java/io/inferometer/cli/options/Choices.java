package io.inferometer.cli.options;

import io.inferometer.annotations.Arrivals;
import io.inferometer.annotations.Protocol;
import io.inferometer.annotations.ResultFormat;
import io.inferometer.annotations.Setting;
import io.inferometer.corpus.tokenizer.Tokenizers;
import io.inferometer.plan.CacheMarker;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.simulator.Profile;
import io.inferometer.stats.dialect.Dialect;
import io.inferometer.workload.Answers;
import io.inferometer.workload.FileReading;
import io.inferometer.workload.Load;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The words that the value of a setting is one of, or mostly is one of: what a shell offers for it. */
final class Choices {
    private Choices() {}

    /** Empty where a value is no word of a few. */
    static List<String> of(Setting setting) {
        return switch (setting) {
            case BASE_URL -> Profile.names().stream().map(name -> "sim:" + name).toList();
            case PROTOCOL -> words(Protocol.values());
            case TOKENIZER -> Tokenizers.known();
            case AUTH -> List.of("bearer", "api-key-scheme");
            case LENGTH_FIELD -> List.of("max_completion_tokens", "max_tokens");
            case TRANSPORT -> words(Plan.Transport.Choice.values());
            case RESOLVE -> words(Plan.Transport.Resolve.values());
            case ARRIVALS -> words(Arrivals.values());
            case RAMP_UP_STRATEGY -> words(Load.Ramp.Strategy.values());
            case ON_FAILED_TURN -> words(Trial.OnFailedTurn.values());
            case CACHE_MARKER -> words(CacheMarker.Scope.values());
            case TIME_UNIT -> FileReading.units();
            case ANSWERS -> words(Answers.values());
            case CALIBRATE -> words(Plan.Calibrate.values());
            case VERBOSITY -> Stream.of(Plan.Verbosity.values()).map(Enum::name).toList();
            case DIALECT -> Stream.of(Dialect.values()).map(Dialect::label).toList();
            case RESULT_FORMAT -> words(ResultFormat.values());
            default -> List.of();
        };
    }

    static List<String> words(Enum<?>... constants) {
        return Stream.of(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }
}
