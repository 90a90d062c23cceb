package io.inferometer.simulator.http;

import io.inferometer.simulator.batch.BatchApi;
import io.inferometer.simulator.batch.Upload;
import io.inferometer.simulator.engine.TokenSchedule;
import io.inferometer.simulator.fault.Fault;
import io.inferometer.simulator.http.Inference.Body;
import io.inferometer.simulator.protocol.ApiException;
import io.inferometer.simulator.protocol.Protocol;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Arrays;
import java.util.Optional;

/** Decides what a request gets, by its path. Thread-safe; does no I/O. */
public final class Api {
    private static final String PATHS = Protocol.allPaths() + ", " + BatchApi.FILES + ", " + BatchApi.BATCHES
            + ", /v1/models, /tokenize, /metrics and /health";

    private final Credentials credentials;
    private final Inference inference;
    private final BatchApi batches;
    private final Metrics metrics;

    /**
     * The API of one endpoint.
     *
     * @param apiKey the key that clients must send; empty for none
     */
    public Api(String apiKey, Inference inference, BatchApi batches, Metrics metrics) {
        this.credentials = new Credentials(apiKey);
        this.inference = inference;
        this.batches = batches;
        this.metrics = metrics;
    }

    /**
     * What the request gets.
     *
     * @param schedule that of the caller's event loop
     * @throws ApiException if that is an error
     */
    Reply reply(HttpRequest request, Body body, long nowNanos, TokenSchedule schedule) throws ApiException {
        Route route = Route.of(request.uri());
        Optional<Protocol> protocol = Protocol.at(route.path());
        if (protocol.isPresent()) {
            require(request, HttpMethod.POST);
            credentials.check(request.headers());
            return inference.interactive(protocol.get(), body, route, asked(request), nowNanos);
        }
        if (BatchApi.serves(route.path())) {
            credentials.check(request.headers());
            byte[] bytes = Arrays.copyOfRange(body.bytes(), body.offset(), body.offset() + body.length());
            return new Reply.Elsewhere(batches.thread(), () -> said(batches.answer(request, route.path(), bytes)));
        }
        switch (route.path()) {
            case "/health" -> {
                require(request, HttpMethod.GET);
                return HttpReply.ok("");
            }
            case "/v1/models" -> {
                require(request, HttpMethod.GET);
                credentials.check(request.headers());
                return inference.models();
            }
            case "/tokenize" -> {
                require(request, HttpMethod.POST);
                credentials.check(request.headers());
                return inference.tokenize(body);
            }
            case "/metrics" -> {
                require(request, HttpMethod.GET);
                return HttpReply.metrics(metrics.text(inference.served().get(0), schedule));
            }
            default ->
                throw ApiException.invalid(
                        HttpResponseStatus.NOT_FOUND,
                        "no path " + route.path() + "; there are " + PATHS,
                        null,
                        "not_found");
        }
    }

    private static Reply said(BatchApi.Answer answer) {
        return answer instanceof BatchApi.Content content
                ? new Reply.Download(content.file().path(), content.file().bytes())
                : HttpReply.ok(((BatchApi.Json) answer).json());
    }

    /**
     * Begins to take a file in, if that is what a request is for.
     *
     * @throws ApiException if the request may not
     */
    Optional<Upload> upload(HttpRequest head) throws ApiException {
        boolean uploads = head.method().equals(HttpMethod.POST)
                && Route.of(head.uri()).path().equals(BatchApi.FILES);
        if (!uploads) {
            return Optional.empty();
        }
        credentials.check(head.headers());
        return Optional.of(batches.upload(head));
    }

    /** What a request gets whose file has come. */
    Reply uploaded(Upload upload) {
        return new Reply.Elsewhere(batches.fileThread(), () -> said(batches.uploaded(upload)));
    }

    /** The response that tells of an error, in the shape of the protocol that was spoken; {@code request} may be null. */
    static HttpReply refusal(HttpRequest request, ApiException error) {
        Optional<Protocol> protocol = request == null
                ? Optional.empty()
                : Protocol.at(Route.of(request.uri()).path());
        return HttpReply.of(error, error.json(protocol.orElse(Protocol.CHAT)));
    }

    private static void require(HttpRequest request, HttpMethod method) throws ApiException {
        if (!request.method().equals(method)) {
            throw ApiException.invalid(
                            HttpResponseStatus.METHOD_NOT_ALLOWED,
                            request.method() + " is not allowed here, only " + method,
                            null,
                            "method_not_allowed")
                    .with(HttpHeaderNames.ALLOW, method.name());
        }
    }

    /** Whether the body of a request is left unread; then it counts as a request that goes wrong. */
    boolean leavesUnread(HttpRequest request) {
        if (Protocol.at(Route.of(request.uri()).path()).isEmpty()) {
            return false;
        }
        String asked = asked(request);
        return asked.isEmpty() ? inference.leavesNextUnread() : asked.equals(Fault.UNREAD.key());
    }

    /** The fault that a request asks for itself; empty if it does not. */
    private static String asked(HttpRequest request) {
        return request.headers().get(Fault.HEADER, "");
    }
}
