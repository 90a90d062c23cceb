package io.inferometer.plan.resolve;

import static io.inferometer.plan.resolve.Planning.declared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.annotations.Protocol;
import io.inferometer.annotations.Setting;
import io.inferometer.endpoint.request.WireProtocol;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.KeyHeader;
import io.inferometer.plan.Plan;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a workload says of its endpoint belongs to the hosts that it names. */
class EndpointResolutionTest {
    private final WorkloadDescriptor.Builder workload = declared()
            .path("/declared")
            .env("API_PATH", Setting.PATH)
            .env("KEY_NAME", Setting.API_KEY_ENV)
            .env("HEADERS", Setting.HEADER);
    private final Planning planning = Planning.of(workload).env("KEY", "sk-1").env("NAMED", "sk-2");

    @ParameterizedTest
    @ValueSource(strings = {"BASE_URL", "URL"})
    void sendsNeitherPathNorKeyToAHostThatTheCommandLineNames(Setting setting) {
        Plan plan = planning.set(setting, "https://other:1/x").plan();

        EndpointAddress endpoint = plan.trials().get(0).endpoint();
        assertThat(endpoint.path()).isEmpty();
        assertThat(endpoint.apiKeyEnv()).isEmpty();
        assertThat(endpoint.apiKeySet()).isFalse();
        assertThat(plan.secrets(name -> "sk-1").redact("sk-1")).isEqualTo("sk-1");
    }

    @Test
    void tellsWhatItLeavesOut() {
        Plan plan = planning.env("HEADERS", "X-Team: search")
                .set(Setting.BASE_URL, "https://other:1")
                .plan();

        assertThat(plan.trials().get(0).everyRequest().headers()).isEmpty();
        assertThat(plan.notes())
                .containsExactly(
                        "the key in KEY is left out, as --base-url names another host than Hello does; --api-key-env"
                                + " gives one",
                        "the path /declared of @Endpoint of Hello is left out, as --base-url names another host than"
                                + " Hello does; --path gives one",
                        "each header of HEADERS is left out, as --base-url names another host than Hello does;"
                                + " --header gives one");
    }

    @Test
    void tellsNothingOfAKeyThatThereIsNot() {
        assertThat(Planning.of(declared())
                        .set(Setting.BASE_URL, "https://other:1")
                        .plan()
                        .notes())
                .isEmpty();
    }

    @Test
    void sendsWhatTheCommandLineNamesToo() {
        EndpointAddress endpoint = planning.set(Setting.BASE_URL, "https://other:1")
                .set(Setting.API_KEY_ENV, "KEY")
                .set(Setting.PATH, "v9")
                .set(Setting.HEADER, "X-A: 1")
                .trial()
                .endpoint();

        assertThat(endpoint)
                .isEqualTo(new EndpointAddress(
                        "https://other:1", false, "/v9", "KEY", true, KeyHeader.BEARER, Protocol.CHAT));
        assertThat(planning.plan().notes()).isEmpty();
        assertThat(planning.trial().everyRequest().headers()).containsEntry("X-A", "1");
    }

    @Test
    void leavesOutWhatVariablesOfTheWorkloadSayOfItsOwnHost() {
        EndpointAddress endpoint = planning.env("API_PATH", "/env")
                .env("KEY_NAME", "NAMED")
                .set(Setting.BASE_URL, "https://other:1")
                .trial()
                .endpoint();

        assertThat(endpoint.path()).isEmpty();
        assertThat(endpoint.apiKeyEnv()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://declared:1/v2",
                "HTTP://Declared:1",
                "http://from-env/x",
                "http://from-env:80",
                "http://from-env"
            })
    void keepsThemForAHostThatTheWorkloadNames(String url) {
        EndpointAddress endpoint = planning.env("BASE", "http://from-env:80/v1")
                .set(Setting.BASE_URL, url)
                .trial()
                .endpoint();

        assertThat(endpoint.path()).isEqualTo("/declared");
        assertThat(endpoint.apiKeyEnv()).isEqualTo("KEY");
        assertThat(planning.plan().notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://declared:1", "http://declared:2", "http://declared", "http://declared.example:1"})
    void takesAnotherSchemeHostOrPortForAnotherHost(String url) {
        assertThat(planning.set(Setting.BASE_URL, url).trial().endpoint().apiKeyEnv())
                .isEmpty();
    }

    @Test
    void aUrlOfTheWorkloadsOwnVariableIsNamedByTheWorkload() {
        assertThat(planning.env("BASE", "https://other:1").trial().endpoint())
                .isEqualTo(new EndpointAddress(
                        "https://other:1", false, "/declared", "KEY", true, KeyHeader.BEARER, Protocol.CHAT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            http://a/v1                          | -         | CHAT
            http://a/v1/chat/completions         | -         | CHAT
            http://a/v1/chat/completions?b=c     | chat      | CHAT
            http://a/v1/completions/             | -         | COMPLETIONS
            http://a/v1/responses                | -         | RESPONSES
            http://a/anthropic/v1/messages       | -         | MESSAGES
            http://a/v1/messages                 | Messages  | MESSAGES
            http://a/v1/embeddings?b=c           | -         | EMBEDDINGS
            http://a/v2/rerank                   | -         | RERANK
            http://a/v1                          | rerank    | RERANK
            sim:metronome                        | responses | RESPONSES
            """)
    void asksInTheProtocolThatIsSaidOrThatOfThePath(String url, String said, Protocol protocol) {
        Planning anywhere = Planning.of(declared().endpoint("")).set(Setting.BASE_URL, url);
        if (said != null) {
            anywhere.set(Setting.PROTOCOL, said);
        }

        assertThat(anywhere.trial().endpoint().protocol()).isEqualTo(protocol);
        assertThat(anywhere.plan().notes().stream().filter(note -> note.startsWith("requests are")))
                .isEqualTo(
                        protocol == Protocol.CHAT || said != null
                                ? List.of()
                                : List.of("requests are " + protocol.name().toLowerCase()
                                        + ", as --base-url ends in the path of that"));
    }

    @Test
    void aWholeUrlAndAPathChooseTheProtocolToo() {
        WorkloadDescriptor.Builder anywhere = declared().endpoint("");

        assertThat(Planning.of(anywhere)
                        .set(Setting.URL, "http://a/x/responses")
                        .trial()
                        .endpoint()
                        .protocol())
                .isEqualTo(Protocol.RESPONSES);
        assertThat(Planning.of(anywhere)
                        .set(Setting.BASE_URL, "http://a/v1/messages")
                        .set(Setting.PATH, "/v1/completions")
                        .trial()
                        .endpoint()
                        .protocol())
                .isEqualTo(Protocol.COMPLETIONS);
    }

    @Test
    void refusesAProtocolThatIsNotThatOfThePath() {
        Planning contrary = Planning.of(declared().endpoint(""))
                .set(Setting.BASE_URL, "http://a/v1/chat/completions")
                .set(Setting.PROTOCOL, "messages");
        Planning declared =
                Planning.of(declared().endpoint("http://a/v1/responses").protocol(Protocol.CHAT));

        assertThatThrownBy(contrary::plan)
                .isInstanceOf(UsageException.class)
                .hasMessage("--protocol messages: --base-url ends in the path of chat; give one of them");
        assertThatThrownBy(declared::plan)
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "@Endpoint of Hello says chat, but @Endpoint of Hello ends in the path of responses; say one of"
                                + " them");
    }

    @Test
    void aPathThatIsGivenIsNearerThanADeclaredProtocol() {
        Planning given = Planning.of(declared().endpoint("").protocol(Protocol.MESSAGES))
                .set(Setting.BASE_URL, "http://a/v1/chat/completions");

        assertThat(given.trial().endpoint().protocol()).isEqualTo(Protocol.CHAT);
        assertThat(given.plan().notes()).contains("requests are chat, as --base-url ends in the path of that");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            https://r.openai.azure.com/openai/deployments/d,                   https://r.openai.azure.com/openai/deployments/d?api-version=2024-10-21
            https://gateway/openai/deployments/d/chat/completions?x=y,         https://gateway/openai/deployments/d/chat/completions?x=y&api-version=2024-10-21
            https://r.openai.azure.com/openai/deployments/d?api-version=1,     -
            https://r.openai.azure.com/openai/v1,                              -
            https://gateway/v1?from=/openai/deployments/,                      -
            """)
    void aDeploymentOfAzureIsAskedWithAVersion(String url, String asked) {
        Planning planning = Planning.of(declared().endpoint("")).set(Setting.BASE_URL, url);

        assertThat(planning.trial().endpoint().url()).isEqualTo(asked == null ? url : asked);
        String note =
                "--base-url has no api-version, which a deployment of Azure OpenAI wants: api-version=2024-10-21 is"
                        + " added; give another as ?api-version=VERSION behind the URL";
        assertThat(planning.plan().notes().contains(note)).isEqualTo(asked != null);
    }

    @ParameterizedTest
    @EnumSource
    void knowsThePathOfEachProtocol(Protocol protocol) {
        assertThat(EndpointUrls.protocol("/v1" + WireProtocol.of(protocol).path()))
                .contains(protocol);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            https://a                                       | -              | -         | Authorization | 'Bearer '
            https://a                                       | bearer         | messages  | Authorization | 'Bearer '
            https://a                                       | API-KEY-SCHEME | -         | Authorization | 'Api-Key '
            https://a                                       | x-goog-api-key | -         | x-goog-api-key | ''
            https://a                                       | -              | messages  | x-api-key     | ''
            https://a/v1/messages                           | -              | -         | x-api-key     | ''
            https://r.OpenAI.azure.com/openai/v1            | -              | -         | api-key       | ''
            https://gateway/openai/deployments/d?x=y        | -              | -         | api-key       | ''
            https://r.openai.azure.com/openai/v1            | bearer         | responses | Authorization | 'Bearer '
            https://openai.azure.com.example                | -              | -         | Authorization | 'Bearer '
            sim:metronome                                   | -              | -         | Authorization | 'Bearer '
            """)
    void theHeaderOfTheKeyIsThatOfTheProtocolAndTheHost(
            String url, String auth, String protocol, String name, String before) {
        Planning anywhere =
                Planning.of(declared().endpoint("").apiKey("", "KEY")).set(Setting.BASE_URL, url);
        if (auth != null) {
            anywhere.set(Setting.AUTH, auth);
        }
        if (protocol != null) {
            anywhere.set(Setting.PROTOCOL, protocol);
        }

        assertThat(anywhere.trial().endpoint().keyHeader()).isEqualTo(new KeyHeader(name, before));
    }

    @Test
    void whatAWorkloadSaysOfItsKeySaysNothingOfAnotherHosts() {
        Planning elsewhere = Planning.of(declared().apiKey("x-mine", "KEY")).set(Setting.BASE_URL, "http://other");

        assertThat(Planning.of(declared().apiKey("x-mine", "KEY"))
                        .trial()
                        .endpoint()
                        .keyHeader())
                .isEqualTo(KeyHeader.of("x-mine"));
        assertThat(elsewhere.trial().endpoint().keyHeader()).isEqualTo(KeyHeader.BEARER);
    }

    @Test
    void aWorkloadThatNamesNoHostMeansAny() {
        WorkloadDescriptor.Builder anywhere = declared().endpoint("");

        assertThat(Planning.of(anywhere)
                        .set(Setting.BASE_URL, "https://other:1")
                        .trial()
                        .endpoint()
                        .apiKeyEnv())
                .isEqualTo("KEY");
    }

    @Test
    void takesSeveralHeadersFromAVariableALineEach() {
        assertThat(planning.env("HEADERS", "X-A: 1\n\nX-B: 2\n")
                        .trial()
                        .everyRequest()
                        .headers())
                .containsEntry("X-A", "1")
                .containsEntry("X-B", "2")
                .hasSize(2);
    }
}
