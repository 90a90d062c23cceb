package io.inferometer.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.annotations.Protocol;
import io.inferometer.endpoint.request.WireProtocol;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiUrlsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            CHAT        | http://a                                                      | http://a/v1/chat/completions
            CHAT        | http://a/                                                     | http://a/v1/chat/completions
            CHAT        | http://a/v1//                                                 | http://a/v1/chat/completions
            CHAT        | http://a/x/v1/chat/completions                                | http://a/x/v1/chat/completions
            CHAT        | http://a/v1?key=1&b=2                                         | http://a/v1/chat/completions?key=1&b=2
            CHAT        | https://r.openai.azure.com/openai/v1/                         | https://r.openai.azure.com/openai/v1/chat/completions
            CHAT        | https://r.openai.azure.com/openai/deployments/d?api-version=1 | https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=1
            CHAT        | https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=1 | https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=1
            EMBEDDINGS  | https://r.openai.azure.com/openai/deployments/d/?api-version=1 | https://r.openai.azure.com/openai/deployments/d/embeddings?api-version=1
            COMPLETIONS | http://a                                                      | http://a/v1/completions
            COMPLETIONS | http://a/v1/completions/                                      | http://a/v1/completions
            RESPONSES   | http://a/v1                                                   | http://a/v1/responses
            MESSAGES    | https://api.anthropic.com                                     | https://api.anthropic.com/v1/messages
            MESSAGES    | http://a/anthropic/v1/messages                                | http://a/anthropic/v1/messages
            EMBEDDINGS  | http://a/v1                                                   | http://a/v1/embeddings
            RERANK      | http://a/v2/rerank                                            | http://a/v2/rerank
            """)
    void addsWhatIsMissing(Protocol protocol, String base, String requests) {
        assertThat(ApiUrls.requests(base, false, "", WireProtocol.of(protocol).path()))
                .isEqualTo(URI.create(requests));
    }

    @Test
    void aPathIsPutBelowTheBaseAndBeforeItsQuery() {
        assertThat(ApiUrls.requests("http://a/b?c=d", false, "x", "/responses")).hasToString("http://a/b/x?c=d");
        assertThat(ApiUrls.requests("http://a/b?c=d", false, "/x?y=z", "/responses"))
                .hasToString("http://a/b/x?y=z&c=d");
        assertThat(ApiUrls.requests("http://a/b?c=d", true, "", "/responses")).hasToString("http://a/b?c=d");
    }

    @Test
    void aQueryIsNotShown() {
        assertThat(ApiUrls.shown(URI.create("http://a/v1/messages?key=secret"))).isEqualTo("http://a/v1/messages?...");
        assertThat(ApiUrls.shown(URI.create("http://a/v1/messages"))).isEqualTo("http://a/v1/messages");
    }

    @Test
    void theListOfModelsHasTheSameQuery() {
        assertThat(ApiUrls.models(URI.create("http://a/v1/messages?b=c"), "/messages"))
                .contains(URI.create("http://a/v1/models?b=c"));
        assertThat(ApiUrls.models(URI.create("http://a/x"), "/messages")).isEmpty();
    }
}
