package io.inferometer.plan.resolve;

import static io.inferometer.plan.resolve.Planning.declared;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Protocol;
import io.inferometer.annotations.Setting;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.Plan;
import io.inferometer.workload.binding.WorkloadDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                .isEqualTo(new EndpointAddress("https://other:1", false, "/v9", "KEY", true, "Bearer", Protocol.CHAT));
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
                        "https://other:1", false, "/declared", "KEY", true, "Bearer", Protocol.CHAT));
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
