package io.inferometer.endpoint;

import io.inferometer.annotations.Protocol;
import io.inferometer.workload.InferenceRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How the endpoint is asked.
 *
 * @param url its base URL, or the whole one
 * @param wholeUrl whether {@code url} is the whole URL, to be taken as it is
 * @param path the path below the base URL; empty to derive it
 * @param protocol the protocol that it is asked in
 * @param model the model that is asked for; left out of requests where empty
 * @param modelGiven whether it is put over that of bodies that are otherwise sent as they are
 * @param headers the headers of every request, the key among them
 * @param lengthField the field that carries the longest answer; empty for the requests' own choice
 * @param extraBody JSON of an object that is put over every body, and takes out of it what is null; empty for none
 * @param streaming replaces the requests' own choice
 * @param limits the bounds of each request
 * @param traceparent whether each request is sent as a trace of its own, with the header of that name
 * @param marking what is done to each request before it is written
 */
public record TargetSettings(
        String url,
        boolean wholeUrl,
        String path,
        Protocol protocol,
        String model,
        boolean modelGiven,
        Map<String, String> headers,
        String lengthField,
        String extraBody,
        Optional<Boolean> streaming,
        RequestBounds limits,
        boolean traceparent,
        UnaryOperator<InferenceRequest> marking) {
    /** With requests written as they are. */
    public TargetSettings(
            String url,
            boolean wholeUrl,
            String path,
            Protocol protocol,
            String model,
            Map<String, String> headers,
            String lengthField,
            String extraBody,
            Optional<Boolean> streaming,
            RequestBounds limits) {
        this(
                url,
                wholeUrl,
                path,
                protocol,
                model,
                true,
                headers,
                lengthField,
                extraBody,
                streaming,
                limits,
                false,
                UnaryOperator.identity());
    }

    /** Chat completions at a base URL, without a key and with nothing put over the requests. */
    public static TargetSettings chat(String url, String model, Optional<Boolean> streaming, RequestBounds limits) {
        return new TargetSettings(url, false, "", Protocol.CHAT, model, Map.of(), "", "", streaming, limits);
    }

    /** Says where requests go; never the headers, which may hold a key. */
    @Override
    public String toString() {
        return "TargetSettings[" + url + ", " + model + "]";
    }
}
