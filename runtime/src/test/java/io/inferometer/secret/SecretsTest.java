package io.inferometer.secret;

import static io.inferometer.plan.resolve.Planning.declared;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.Plan;
import io.inferometer.plan.resolve.Planning;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void masksTheKeyWhereverItStands() {
        environment.put("KEY", "sk-0123456789");

        assertThat(secrets().redact("Bearer sk-0123456789, asked with \"sk-0123456789\" and xsk-0123456789x"))
                .isEqualTo("Bearer ***, asked with \"***\" and x***x");
    }

    @Test
    void masksAShortKeyWhereItStandsAlone() {
        environment.put("KEY", "k");

        assertThat(secrets().redact("Incorrect key: k. Ask for (k) like k-1"))
                .isEqualTo("Incorrect key: ***. Ask for (***) like k-1");
    }

    @Test
    void masksTheVariablesOfHeadersAndHeadersThatAreSecret() {
        environment.put("KEY", "");
        environment.put("TOKEN", "tok-$1-abcdef");

        assertThat(secrets("X-Team: search-team ${TOKEN}", "api-key: literal-secret", "X-Other: harmless")
                        .redact("search-team tok-$1-abcdef literal-secret harmless"))
                .isEqualTo("search-team *** *** harmless");
    }

    @Test
    void masksTheLongerOfTwoThatBeginAlike() {
        environment.put("KEY", "sk-012345");
        environment.put("TOKEN", "sk-0123456789");

        assertThat(secrets("X-Team: ${TOKEN}").redact("sk-0123456789 sk-012345"))
                .isEqualTo("*** ***");
    }

    @Test
    void masksASecretInTheSpellingsOfJsonUrlsAndPages() {
        environment.put("KEY", "sk-\"a\"/b&c<d>+e");

        assertThat(secrets()
                        .redact("sk-\\\"a\\\"/b&c<d>+e sk-\\\"a\\\"\\/b&c<d>+e sk-%22a%22%2Fb%26c%3Cd%3E%2Be"
                                + " sk-&quot;a&quot;/b&amp;c&lt;d&gt;+e"))
                .isEqualTo("*** *** *** ***");
    }

    @Test
    void masksTheFirstPartOfASecretWhereATextWasCut() {
        environment.put("KEY", "sk-0123456789");

        assertThat(secrets().redact("no such key: sk-01234…; ask, or sk-0…, sk-…"))
                .isEqualTo("no such key: ***…; ask, or ***…, sk-…");
        assertThat(secrets().redact("it begins with sk-01234")).isEqualTo("it begins with sk-01234");
    }

    @Test
    void leavesATextAloneWhereThereIsNoSecret() {
        assertThat(secrets().redact("KEY is not set")).isEqualTo("KEY is not set");
        assertThat(Secrets.none().redact("")).isEmpty();
    }

    @Test
    void tellsNothingItself() {
        environment.put("KEY", "sk-0123456789");

        assertThat(secrets()).hasToString("1 secrets");
        assertThat(plan()).asString().doesNotContain("sk-0123456789");
    }

    private Secrets secrets(String... headers) {
        return plan(headers).secrets(environment::get);
    }

    private Plan plan(String... headers) {
        Planning planning = Planning.of(declared());
        environment.forEach(planning::env);
        for (String header : headers) {
            planning.set(Setting.HEADER, header);
        }
        return planning.plan();
    }
}
