package io.inferometer.simulator.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request goes. Azure's two forms of a URL lead to the same places as OpenAI's.
 *
 * @param path the path, as OpenAI has it, without a query
 * @param model the model that the URL names, empty if it names none
 */
record Route(String path, String model) {
    private static final Pattern DEPLOYMENT = Pattern.compile("/openai/deployments/([^/]+)(/.+)");
    private static final String AZURE = "/openai/v1/";

    static Route of(String uri) {
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        Matcher deployment = DEPLOYMENT.matcher(path);
        if (deployment.matches()) {
            return new Route("/v1" + deployment.group(2), deployment.group(1));
        }
        return new Route(path.startsWith(AZURE) ? path.substring("/openai".length()) : path, "");
    }
}
