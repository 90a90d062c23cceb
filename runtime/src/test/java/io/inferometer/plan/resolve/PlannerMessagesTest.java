package io.inferometer.plan.resolve;

import static io.inferometer.plan.resolve.Planning.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.Load;
import io.inferometer.workload.binding.Iterations;
import io.inferometer.workload.binding.ParamType;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user reads when something can't be done, word for word. */
class PlannerMessagesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    CONCURRENCY | abc   | --concurrency abc: abc is not a whole number of at least 1
                    CONCURRENCY | 0     | --concurrency 0: 0 is not a whole number of at least 1
                    CONCURRENCY | -4    | --concurrency -4: -4 is not a whole number of at least 1
                    CONCURRENCY | 4,x   | --concurrency 4,x: x is not a whole number of at least 1
                    CONCURRENCY | 4,,8  | --concurrency 4,,8: an empty part is not a whole number of at least 1
                    CONCURRENCY | 4,4   | --concurrency 4,4: 4 is there twice
                    CONCURRENCY | 99999999999 | --concurrency 99999999999: 99999999999 is too large; at most 2147483647
                    CONCURRENCY | `  `  | --concurrency has no value
                    RATE        | fast  | --rate fast: fast is not a number above 0
                    RATE        | 0     | --rate 0: 0 is not a number above 0
                    RATE        | inf   | --rate inf: inf is not a number above 0
                    REQUESTS    | 1e3   | --requests 1e3: 1e3 is not a whole number of at least 1
                    REQUESTS    | 99999999999999999999 | --requests 99999999999999999999: 99999999999999999999 is too large; at most 9223372036854775807
                    ITERATIONS  | 0     | -i 0: 0 is not a whole number of at least 1
                    WARMUP_ITERATIONS | -1 | -wi -1: -1 is not a whole number of at least 0
                    SEED        | x     | --seed x: x is not a whole number
                    SEED        | 99999999999999999999 | --seed 99999999999999999999: 99999999999999999999 is too large; at most 9223372036854775807
                    TIME        | 10    | -r 10: -r is the time of an iteration, as in JMH, and a time needs a unit; write -r 10s, --requests 10 for a number of requests, or --spawn-rate 10 for Locust's -r
                    WARMUP_TIME | 10    | -w 10: -w is the time of a warm-up iteration, as in JMH, and a time needs a unit; write -w 10s, or --warmup-requests 10 for a number of requests
                    TIMEOUT     | 60    | --timeout 60: a time needs a unit: 60ms, 60s, 60m or 60h
                    TIMEOUT     | soon  | --timeout soon: soon is not a time, such as 500ms, 10s, 2m or 1h
                    TIMEOUT     | -1s   | --timeout -1s: -1s is not a time, such as 500ms, 10s, 2m or 1h
                    TIMEOUT     | 0s    | --timeout 0s: 0s is not above 0
                    TIMEOUT     | 99999h | --timeout 99999h: 99999h is too long; at most 10000h
                    SLO         | 200   | --slo 200: 200 is not a limit in milliseconds on ttft, tpot or e2el, such as ttft=200,tpot=20
                    SLO         | itl=5 | --slo itl=5: itl=5 is not a limit in milliseconds on ttft, tpot or e2el, such as ttft=200,tpot=20
                    SLO         | ttft=0 | --slo ttft=0: ttft=0 is not a limit in milliseconds on ttft, tpot or e2el, such as ttft=200,tpot=20
                    PERCENTILES | 50,p99 | --percentiles 50,p99: p99 is not a percentile above 0 and below 100, such as 99.9
                    PERCENTILES | 100   | --percentiles 100: 100 is not a percentile above 0 and below 100, such as 99.9
                    PERCENTILES | 99,99 | --percentiles 99,99: 99 is there twice
                    PERCENTILES | 1,2,3,4,5,6,7,8,9,10,11,12,13 | --percentiles 1,2,3,4,5,6,7,8,9,10,11,12,13: there are 13; a table has room for 12
                    STREAMING   | yes   | --streaming yes: yes is none of true, false, 1, 0
                    MAX_FAILURES | 5    | --max-failures 5: 5 is not a share of the requests, such as 5% or 0.05
                    MAX_FAILURES | 1    | --max-failures 1: 1 may be meant as 1% or as 100%; write one of them
                    MAX_FAILURES | 101% | --max-failures 101%: 101% is not a share of the requests, such as 5% or 0.05
                    TRANSPORT   | http2 | --transport http2: http2 is none of auto, jdk, nio
                    EXTRA_BODY  | {a:1} | --extra-body {a:1}: not JSON: Unexpected character ('a' (code 97)): was expecting double-quote to start field name
                    EXTRA_BODY  | [1]   | --extra-body [1]: not a JSON object, such as {"top_k": 1}
                    EXTRA_BODY  | {} {} | --extra-body {} {}: something follows the JSON object
                    EXTRA_BODY  | {"n": 2} | --extra-body {"n": 2}: the tokens of several choices in one stream can't be told apart; ask for one, or give --no-streaming
                    BASE_URL    | localhost:8000 | --base-url is localhost:8000, not a URL that begins with http:// or https://, or sim:PROFILE; is it http://localhost:8000?
                    BASE_URL    | example.com | --base-url is example.com, not a URL that begins with http:// or https://, or sim:PROFILE; is it http://example.com?
                    BASE_URL    | ftp://example.com | --base-url is ftp://example.com, not a URL that begins with http:// or https://, or sim:PROFILE
                    BASE_URL    | http:///v1 | --base-url is http:///v1, a URL without a valid host and port
                    BASE_URL    | http://a/b c | --base-url is not a URL: Illegal character in path at character 11
                    BASE_URL    | http://a:99999 | --base-url is http://a:99999, a URL without a valid host and port
                    BASE_URL    | http://a?key=x#y | --base-url has a fragment, what follows the #, which is never sent; leave it out
                    BASE_URL    | https://user:secret@example.com/v1 | --base-url has a user or a password in the URL, where it would end up in results; put the key into a variable and name that with --api-key-env
                    BASE_URL    | https://secret@under_score/v1 | --base-url has a user or a password in the URL, where it would end up in results; put the key into a variable and name that with --api-key-env
                    BASE_URL    | sim:  | --base-url is sim:, without a profile; write sim:metronome?ttft=50&itl=10
                    API_KEY_ENV | sk-abc | --api-key-env takes the name of the variable that holds the key, not the key
                    RESULT_FORMAT | xml | -rf xml: xml is none of json, summary, vllm, csv, batch, requests, prometheus, svg, html, junit, markdown
                    SESSIONS    | 5     | --sessions 5: Hello has no sessions: its requests stand alone; give --requests N or -r TIME
                    MAX_TURNS   | 5     | --max-turns 5: Hello has no sessions: its requests stand alone; leave it out
                    ON_FAILED_TURN | skip | --on-failed-turn skip: Hello has no sessions: its requests stand alone; leave it out
                    ARRIVALS    | constant | --arrivals constant: only an open loop has arrivals; give --rate N too
                    STAGGER     | 0s    | --stagger 0s: 0s is not above 0
                    MAX_IN_FLIGHT | 8 | --max-in-flight 8: only an open loop needs a bound on what is in flight; give --rate N too, or leave it out: a closed loop keeps --concurrency N in flight, and --users N bounds --all-at-once
                    """)
    void saysWhatIsWrongWithAnOption(Setting setting, String text, String message) {
        assertMessage(planning -> planning.set(setting, text), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    CONC        | abc   | CONC=abc: abc is not a whole number of at least 1
                    DURATION    | 10    | DURATION=10: a time needs a unit: 10ms, 10s, 10m or 10h
                    BASE        | htp://x | BASE is htp://x, not a URL that begins with http:// or https://, or sim:PROFILE
                    BASE        | https://me:secret@x | BASE has a user or a password in the URL, where it would end up in results; put the key into a variable and name that with --api-key-env
                    FORMAT      | yaml  | FORMAT=yaml: yaml is none of json, summary, vllm, csv, batch, requests, prometheus, svg, html, junit, markdown
                    ARRIVALS    | constant | ARRIVALS=constant: only an open loop has arrivals; give --rate N too
                    STRICT      | yes   | STRICT=yes: yes is none of true, false, 1, 0
                    AT_ONCE     | maybe | AT_ONCE=maybe: maybe is none of true, false, 1, 0
                    HEADERS     | X     | HEADERS needs a name and a value, as in 'X-Team: search'
                    ISL         | long  | ISL=long: long is not a whole number
                    ISL         | 1,1   | ISL=1,1: 1 is there twice
                    """)
    void saysWhatIsWrongWithAVariable(String variable, String text, String message) {
        assertMessage(planning -> planning.env(variable, text), message);
    }

    @Test
    void refusesTwoValuesOfOneSetting() {
        assertMessage(
                planning -> planning.set(Setting.REQUESTS, "10").set(Setting.TIME, "10s"),
                "--requests 10 and -r 10s are two values of one setting; give one of them");
        assertMessage(
                planning -> planning.set(Setting.BASE_URL, "http://a").set(Setting.URL, "http://b"),
                "--base-url http://a and --url http://b are two values of one setting; give one of them");
        assertMessage(
                planning -> planning.set(Setting.CONCURRENCY, "1").options.allAtOnce(),
                "--concurrency 1 and --all-at-once are two values of one setting; give one of them");
    }

    @Test
    void refusesRequestsPerSlotWithoutSlots() {
        assertMessage(
                planning -> planning.set(Setting.WARMUP_REQUESTS_PER_SLOT, "2").set(Setting.RATE, "5"),
                "--warmup-requests-per-slot 2 counts requests per slot, and there are no slots under --rate 5;"
                        + " give --warmup-requests N, -w TIME or -wi 0");
        assertMessage(
                planning -> planning.set(Setting.WARMUP_ITERATIONS, "0")
                        .set(Setting.REQUESTS_PER_SLOT, "5")
                        .options
                        .allAtOnce(),
                "--requests-per-slot 5 counts requests per slot, and there are no slots under --all-at-once;"
                        + " give --requests N or -r TIME");
    }

    @Test
    void asksHowLongAWarmUpIs() {
        WorkloadDescriptor.Builder cold = WorkloadDescriptor.of("Cold", "demo.Cold")
                .endpoint("http://a")
                .model("m")
                .load(new Load.Closed(1))
                .measurement(Iterations.ofRequests(1, 1));

        assertThatThrownBy(() ->
                        Planning.of(cold).set(Setting.WARMUP_ITERATIONS, "2").plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("-wi 2: Cold does not say how long a warm-up iteration is;"
                        + " give --warmup-requests N, -w TIME or -wi 0");
    }

    @Test
    void refusesAKeyForASimulatedEndpoint() {
        assertMessage(
                planning -> planning.env("KEY", "sk-secret").env("BASE", "sim:metronome"),
                "KEY is set, but BASE is simulated (sim:metronome); probably the variable of the endpoint's URL,"
                        + " BASE or WHOLE, is misspelt or missing, or unset KEY to run the simulation");
        WorkloadDescriptor.Builder simulated = WorkloadDescriptor.of("Sim", "demo.Sim")
                .endpoint("sim:metronome")
                .apiKey("Bearer", "KEY")
                .load(new Load.Closed(1))
                .measurement(Iterations.ofRequests(1, 1));
        assertThatThrownBy(() -> Planning.of(simulated).env("KEY", "sk-secret").plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("KEY is set, but @Endpoint of Sim is simulated (sim:metronome);"
                        + " probably the endpoint is missing: give --base-url URL, or unset KEY to run the simulation");
    }

    @Test
    void refusesAKeyThatNoHeaderCanCarry() {
        assertMessage(
                planning -> planning.env("KEY", "sk-secret\n"),
                "the key in KEY has a blank, a line end or another character that a header can't carry");
    }

    @Test
    void asksForAnEndpointAndAModel() {
        WorkloadDescriptor.Builder bare = WorkloadDescriptor.of("Bare", "demo.Bare")
                .load(new Load.Closed(1))
                .measurement(Iterations.ofRequests(1, 1));

        assertThatThrownBy(() -> Planning.of(bare).plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("Bare has no endpoint: give --base-url URL");
        assertThatThrownBy(() ->
                        Planning.of(bare).set(Setting.BASE_URL, "http://a").plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("Bare asks for no model: give --model NAME");
        bare.env("BASE", Setting.BASE_URL).env("WHOLE", Setting.URL).env("MODEL", Setting.MODEL);
        assertThatThrownBy(() -> Planning.of(bare).plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("Bare has no endpoint: give --base-url URL, or set BASE or WHOLE");
        assertThatThrownBy(() ->
                        Planning.of(bare).set(Setting.BASE_URL, "http://a").plan())
                .isInstanceOf(UsageException.class)
                .hasMessage("Bare asks for no model: give --model NAME, or set MODEL");
    }

    @Test
    void refusesAPathBelowAWholeUrl() {
        assertMessage(
                planning -> planning.env("WHOLE", "http://a/x").set(Setting.PATH, "/v2"),
                "--path /v2: WHOLE gives the whole URL, to which no path is added");
    }

    @Test
    void refusesAStreamOfAProtocolThatHasNone() {
        assertMessage(
                planning -> planning.set(Setting.PROTOCOL, "rerank").set(Setting.STREAMING, "true"),
                "--streaming: rerank has no stream: its answers come in one piece");
        assertThat(Planning.of(declared())
                        .set(Setting.PROTOCOL, "rerank")
                        .set(Setting.STREAMING, "false")
                        .trial()
                        .everyRequest()
                        .streaming())
                .contains(false);
    }

    @Test
    void refusesWhatIsNoNameOfAHeaderForTheKey() {
        String message =
                "--auth takes bearer, api-key-scheme, or the name of a header that carries the key alone, as x-api-key";

        assertMessage(planning -> planning.options.auth("Bearer sk-secret"), message);
        assertMessage(planning -> planning.options.auth("Content-Type"), message);
    }

    @Test
    void refusesAParameterThatThereIsNot() {
        assertMessage(
                planning -> planning.options.param("xyz", "1"),
                "-p xyz: Hello has no such parameter; there are: isl, mode");
        assertMessage(
                planning -> planning.options.param("ils", "1"),
                "-p ils: Hello has no such parameter (did you mean isl?); there are: isl, mode");
        assertMessage(
                planning -> planning.options.param("islx", "1"),
                "-p islx: Hello has no such parameter (did you mean isl?); there are: isl, mode");
        assertMessage(
                planning -> planning.options.param("mode", "FAST", "slow"),
                "-p mode=FAST,slow: slow is not one of FAST, SLOW");
    }

    @Test
    void refusesASweepThatIsTooLarge() {
        StringBuilder many = new StringBuilder("0");
        for (int i = 1; i <= 10_000; i++) {
            many.append(',').append(i);
        }
        assertMessage(
                planning ->
                        planning.options.param("isl", (Object[]) many.toString().split(",")),
                "the parameters of Hello have more than 10000 combinations");
    }

    private static void assertMessage(Consumer<Planning> change, String message) {
        Planning planning = Planning.of(declared()
                .env("STRICT", Setting.STRICT)
                .env("AT_ONCE", Setting.ALL_AT_ONCE)
                .env("HEADERS", Setting.HEADER)
                .param("isl", new ParamType.Int(), "ISL", "128")
                .param("mode", new ParamType.Choice(java.util.List.of("FAST", "SLOW")), "", "FAST"));
        change.accept(planning);

        assertThatThrownBy(planning::plan).isInstanceOf(UsageException.class).hasMessage(message);
    }
}
