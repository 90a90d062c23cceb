package io.inferometer.endpoint.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiRootTest {
    @ParameterizedTest
    @CsvSource({
        "http://h:1/v1/chat/completions, http://h:1/v1/batches?limit=1, /v1/chat/completions",
        "https://h/api/v1/responses, https://h/api/v1/batches?limit=1, /v1/responses",
        "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=3, https://r.openai.azure.com/openai/batches?limit=1&api-version=3, /chat/completions",
        "https://r.openai.azure.com/openai/v1/chat/completions, https://r.openai.azure.com/openai/v1/batches?limit=1, /v1/chat/completions",
        "http://h/embeddings, http://h/batches?limit=1, /embeddings"
    })
    void isBesideWhatAnswersRequests(String asked, String batches, String url) {
        ApiRoot root = ApiRoot.beside(URI.create(asked));

        assertThat(root.at("/batches?limit=1")).hasToString(batches);
        assertThat(root.url()).isEqualTo(url);
    }

    @Test
    void isNotGuessed() {
        assertThatThrownBy(() -> ApiRoot.beside(URI.create("http://h/answer")))
                .hasMessage(
                        "where the Batch API is can't be told from http://h/answer: give the base URL with --base-url");
    }
}
