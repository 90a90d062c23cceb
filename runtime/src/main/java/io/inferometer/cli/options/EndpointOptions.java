package io.inferometer.cli.options;

import io.inferometer.annotations.Setting;
import java.util.List;
import picocli.CommandLine.Option;

/** What is asked, and how it is addressed. */
public final class EndpointOptions extends SettingOptions {
    @Option(
            order = 7,
            names = "--api-key-scheme",
            paramLabel = "WORD",
            description = "What stands before the key in the Authorization header: Bearer or Api-Key.")
    void apiKeyScheme(String text) {
        give(Setting.API_KEY_SCHEME, text);
    }

    @Option(
            order = 8,
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            description = "A header of every request. $${VAR} in the value is read from the environment when the header"
                    + " is made. May be repeated.")
    void headers(List<String> texts) {
        give(Setting.HEADER, texts);
    }

    @Option(
            order = 1,
            names = {"--base-url", "--host"},
            paramLabel = "URL",
            description =
                    "The base URL of the endpoint, to which /v1/chat/completions is added as far as it is missing;"
                            + " or sim:PROFILE, the simulated endpoint.")
    void baseUrl(String text) {
        give(Setting.BASE_URL, text);
    }

    @Option(
            order = 2,
            names = "--url",
            paramLabel = "URL",
            description = "The whole URL that requests are posted to, as it is.")
    void url(String text) {
        give(Setting.URL, text);
    }

    @Option(order = 3, names = "--path", paramLabel = "PATH", description = "The path of the API below the base URL.")
    void path(String text) {
        give(Setting.PATH, text);
    }

    @Option(order = 4, names = "--model", paramLabel = "NAME", description = "The model that is asked for.")
    void model(String text) {
        give(Setting.MODEL, text);
    }

    @Option(
            order = 5,
            names = "--tokenizer",
            paramLabel = "NAME",
            description = "Counts tokens where the endpoint does not: gpt2, gpt-3.5-turbo, gpt-4, gpt-4o or gpt-oss.")
    void tokenizer(String text) {
        give(Setting.TOKENIZER, text);
    }

    @Option(
            order = 6,
            names = "--api-key-env",
            paramLabel = "VARIABLE",
            description =
                    "The NAME of the environment variable that holds the key. Without a key no Authorization header"
                            + " is sent.")
    void apiKeyEnv(String text) {
        give(Setting.API_KEY_ENV, text);
    }

    @Option(
            order = 9,
            names = "--extra-body",
            paramLabel = "JSON",
            description = "A JSON object that is merged into the body of every request.")
    void extraBody(String text) {
        give(Setting.EXTRA_BODY, text);
    }

    @Option(
            order = 10,
            names = "--streaming",
            negatable = true,
            description = "Stream the answers, or not, whatever the workload asks for.")
    void streaming(Boolean streaming) {
        give(Setting.STREAMING, streaming);
    }

    @Option(
            order = 11,
            names = "--timeout",
            paramLabel = "TIME",
            description = "How long a request may take, a stalled stream included. Default: 10m.")
    void timeout(String text) {
        give(Setting.TIMEOUT, text);
    }

    @Option(
            order = 12,
            names = "--gpus",
            paramLabel = "N",
            description = "How many GPUs the endpoint has: throughput is then told per GPU too.")
    void gpus(String text) {
        give(Setting.GPUS, text);
    }

    @Option(
            order = 13,
            names = "--ready-timeout",
            paramLabel = "TIME",
            description =
                    "How long an endpoint that refuses connections, or answers 502 to 504, is waited for before the"
                            + " run. Default: not at all.")
    void readyTimeout(String text) {
        give(Setting.READY_TIMEOUT, text);
    }

    @Option(
            order = 16,
            names = "--transport",
            paramLabel = "NAME",
            description = "What moves the bytes: jdk, the JDK's HTTP client, or nio, leaner, for many streams and large"
                    + " batches; it knows no proxies. Default: jdk.")
    void transport(String text) {
        give(Setting.TRANSPORT, text);
    }

    @Option(
            order = 14,
            names = "--no-preflight",
            description =
                    "Don't ask the endpoint one short thing before the run, which tells a wrong URL, key or model at"
                            + " once and is in no result.")
    void noPreflight(Boolean given) {
        give(Setting.NO_PREFLIGHT, given);
    }

    @Option(
            order = 17,
            names = "--insecure",
            description = "Don't verify the endpoint's certificate. The result says so.")
    void insecure(Boolean given) {
        give(Setting.INSECURE, given);
    }
}
