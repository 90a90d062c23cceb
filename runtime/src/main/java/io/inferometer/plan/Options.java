package io.inferometer.plan;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.resolve.Planner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run was asked for by its caller, as text: the layer above the environment and the annotations. What is not said
 * is left to them. Nothing is checked here; {@link Planner} does that for every layer alike.
 *
 * @param workloads regular expressions that find workloads by a part of their names; empty for the main workload
 * @param excludes regular expressions of workloads that are left out
 * @param settings the text of each setting that is given, but for those of result files
 * @param allAtOnce whether every request of an iteration is released at the same instant
 * @param params the values of parameters by name, comma-separated
 * @param apiKeyScheme what stands before the key in the {@code Authorization} header; empty where not given
 * @param headers headers of every request, {@code name: value}
 * @param resultFormats the formats of result files
 * @param resultFiles the result files, one for each format
 * @param journal the journal; empty for its default name
 * @param noJournal whether no journal is kept
 * @param resume the journal of an interrupted run that is gone on with; empty for none
 * @param force whether files that exist are replaced
 * @param saveDetailed whether records keep the answers' text
 * @param noClientWarmup whether the client is timed without having been warmed up
 * @param noPreFlight whether no endpoint is asked before the run
 * @param insecure whether the endpoint's certificate is not verified
 * @param failOnError whether the first failed request ends the run
 * @param samePrompts whether all trials and forks draw the same prompts
 * @param strict whether a client that is suspect is an exit code
 * @param verbosity how much the console tells
 */
public record Options(
        List<String> workloads,
        List<String> excludes,
        Map<Setting, String> settings,
        boolean allAtOnce,
        Map<String, String> params,
        String apiKeyScheme,
        List<String> headers,
        List<String> resultFormats,
        List<String> resultFiles,
        String journal,
        boolean noJournal,
        String resume,
        boolean force,
        boolean saveDetailed,
        boolean noClientWarmup,
        boolean noPreFlight,
        boolean insecure,
        boolean failOnError,
        boolean samePrompts,
        boolean strict,
        Plan.Verbosity verbosity) {
    public Options {
        workloads = List.copyOf(workloads);
        excludes = List.copyOf(excludes);
        EnumMap<Setting, String> copy = new EnumMap<>(Setting.class);
        copy.putAll(settings);
        settings = Collections.unmodifiableMap(copy);
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        headers = List.copyOf(headers);
        resultFormats = List.copyOf(resultFormats);
        resultFiles = List.copyOf(resultFiles);
    }

    /** The option that gives a setting on the command line. */
    public static String name(Setting setting) {
        return switch (setting) {
            case TIME -> "-r";
            case ITERATIONS -> "-i";
            case WARMUP_TIME -> "-w";
            case WARMUP_ITERATIONS -> "-wi";
            case FORKS -> "-f";
            case JVM -> "-jvm";
            case JVM_ARGS -> "-jvmArgs";
            case RESULT_FILE -> "-rff";
            case RESULT_FORMAT -> "-rf";
            default -> "--" + setting.name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    /** Starts from nothing. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options. Not for use by several threads. */
    public static final class Builder {
        private final List<String> workloads = new ArrayList<>();
        private final List<String> excludes = new ArrayList<>();
        private final Map<Setting, String> settings = new EnumMap<>(Setting.class);
        private boolean allAtOnce;
        private final Map<String, String> params = new LinkedHashMap<>();
        private String apiKeyScheme = "";
        private final List<String> headers = new ArrayList<>();
        private final List<String> resultFormats = new ArrayList<>();
        private final List<String> resultFiles = new ArrayList<>();
        private String journal = "";
        private boolean noJournal;
        private String resume = "";
        private boolean force;
        private boolean saveDetailed;
        private boolean noClientWarmup;
        private boolean noPreFlight;
        private boolean insecure;
        private boolean failOnError;
        private boolean samePrompts;
        private boolean strict;
        private Plan.Verbosity verbosity = Plan.Verbosity.NORMAL;

        private Builder() {}

        /** Adds a regular expression that finds workloads by a part of their names. */
        public Builder workload(String regex) {
            workloads.add(regex);
            return this;
        }

        /** Adds a regular expression of workloads that are left out. */
        public Builder exclude(String regex) {
            excludes.add(regex);
            return this;
        }

        /** Gives a setting, in the text that the command line would have. */
        public Builder set(Setting setting, String text) {
            switch (setting) {
                case RESULT_FORMAT -> resultFormats.add(text);
                case RESULT_FILE -> resultFiles.add(text);
                default -> settings.put(setting, text);
            }
            return this;
        }

        /** Gives a setting that is a number. */
        public Builder set(Setting setting, long number) {
            return set(setting, Long.toString(number));
        }

        /** Releases every request of an iteration at the same instant. */
        public Builder allAtOnce() {
            allAtOnce = true;
            return this;
        }

        /** Gives a parameter its values, comma-separated. */
        public Builder param(String name, String values) {
            params.put(name, values);
            return this;
        }

        /** Sets what stands before the key in the {@code Authorization} header. */
        public Builder apiKeyScheme(String scheme) {
            apiKeyScheme = scheme;
            return this;
        }

        /** Adds a header, {@code name: value}; <code>${VAR}</code> in the value is read when the header is made. */
        public Builder header(String header) {
            headers.add(header);
            return this;
        }

        /** Adds a result file. */
        public Builder result(String format, String file) {
            return set(Setting.RESULT_FORMAT, format).set(Setting.RESULT_FILE, file);
        }

        /** Names the journal. */
        public Builder journal(String file) {
            journal = file;
            return this;
        }

        /** Keeps no journal. */
        public Builder noJournal() {
            noJournal = true;
            return this;
        }

        /** Goes on with the interrupted run of this journal. */
        public Builder resume(String file) {
            resume = file;
            return this;
        }

        /** Replaces files that exist. */
        public Builder force() {
            force = true;
            return this;
        }

        /** Keeps the answers' text. */
        public Builder saveDetailed() {
            saveDetailed = true;
            return this;
        }

        /** Times the client without having warmed it up. */
        public Builder noClientWarmup() {
            noClientWarmup = true;
            return this;
        }

        /** Asks no endpoint before the run. */
        public Builder noPreFlight() {
            noPreFlight = true;
            return this;
        }

        /** Does not verify the endpoint's certificate. */
        public Builder insecure() {
            insecure = true;
            return this;
        }

        /** Ends the run at the first failed request. */
        public Builder failOnError() {
            failOnError = true;
            return this;
        }

        /** Lets all trials and forks draw the same prompts. */
        public Builder samePrompts() {
            samePrompts = true;
            return this;
        }

        /** Makes a client that is suspect an exit code. */
        public Builder strict() {
            strict = true;
            return this;
        }

        /** Sets how much the console tells. */
        public Builder verbosity(Plan.Verbosity verbosity) {
            this.verbosity = verbosity;
            return this;
        }

        public Options build() {
            return new Options(
                    workloads,
                    excludes,
                    settings,
                    allAtOnce,
                    params,
                    apiKeyScheme,
                    headers,
                    resultFormats,
                    resultFiles,
                    journal,
                    noJournal,
                    resume,
                    force,
                    saveDetailed,
                    noClientWarmup,
                    noPreFlight,
                    insecure,
                    failOnError,
                    samePrompts,
                    strict,
                    verbosity);
        }
    }
}
