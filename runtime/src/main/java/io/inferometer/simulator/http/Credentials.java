package io.inferometer.simulator.http;

import io.inferometer.simulator.protocol.ApiException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Collectors;

/** The key that clients must send, in any of the headers that vendors have for it. Immutable. */
final class Credentials {
    private static final List<Form> FORMS = List.of(
            new Form("Authorization", "Bearer "),
            new Form("Authorization", "Api-Key "),
            new Form("api-key", ""),
            new Form("x-api-key", ""));

    private final String key;

    /** A key; empty for none. */
    Credentials(String key) {
        this.key = key;
    }

    /** A header, and what stands in it before the key. */
    private record Form(String header, String before) {}

    /**
     * Lets a request through that has the key.
     *
     * @throws ApiException status 401 if it has not
     */
    void check(HttpHeaders headers) throws ApiException {
        if (key.isEmpty() || FORMS.stream().anyMatch(form -> holdsKey(headers, form))) {
            return;
        }
        String given = FORMS.stream()
                .map(Form::header)
                .distinct()
                .filter(headers::contains)
                .collect(Collectors.joining(", "));
        throw ApiException.invalid(
                        HttpResponseStatus.UNAUTHORIZED,
                        given.isEmpty()
                                ? "no API key: none of the headers Authorization, api-key and x-api-key is there"
                                : "the API key in the " + given + " header is wrong",
                        null,
                        "invalid_api_key")
                .with(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
    }

    private boolean holdsKey(HttpHeaders headers, Form form) {
        String given = headers.get(form.header);
        return given != null && same(given, form.before + key);
    }

    private static boolean same(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
