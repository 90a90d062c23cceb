package io.inferometer.plan.resolve;

import io.inferometer.annotations.Protocol;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the URLs of endpoints have to be, and what they have in common. */
final class EndpointUrls {
    /** The path of chat completions ends in that of completions, so it comes first. */
    private static final List<Path> PATHS = List.of(
            new Path("/chat/completions", Protocol.CHAT),
            new Path("/completions", Protocol.COMPLETIONS),
            new Path("/responses", Protocol.RESPONSES),
            new Path("/messages", Protocol.MESSAGES),
            new Path("/embeddings", Protocol.EMBEDDINGS),
            new Path("/rerank", Protocol.RERANK));

    private static final Pattern DEPLOYMENT = Pattern.compile("^[^?]*/openai/deployments/");
    private static final Pattern VERSION = Pattern.compile("[?&]api-version=");

    /** The newest version of Azure OpenAI's own API that is no preview. */
    static final String AZURE_VERSION = "api-version=2024-10-21";

    private EndpointUrls() {}

    /** Scheme, host and port of a URL; the text itself where it has none. */
    static String origin(String text) {
        String url = text.strip().toLowerCase(Locale.ROOT);
        if (url.startsWith(EndpointAddress.SIMULATED)) {
            return EndpointAddress.SIMULATED;
        }
        try {
            URI uri = new URI(url);
            int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
            return uri.getHost() == null ? url : uri.getScheme() + "://" + uri.getHost() + ':' + port;
        } catch (URISyntaxException e) {
            return url;
        }
    }

    /** Refuses what is no URL of an endpoint. */
    static void check(String source, String text) {
        check(source, text, "sim:PROFILE", "put the key into a variable and name that with --api-key-env");
    }

    /** Refuses what is no URL of a page of metrics. */
    static void checkPage(String source, String text) {
        check(source, text, "auto", "that of the endpoint is asked with the endpoint's key, and any other with none");
    }

    private static void check(String source, String text, String other, String instead) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new UsageException(
                    source + " is not a URL: " + e.getReason() + " at character " + (e.getIndex() + 1));
        }
        if (text.contains("@") && (url.getRawUserInfo() != null || !hasHost(url))) {
            throw new UsageException(
                    source + " has a user or a password in the URL, where it would end up in results; " + instead);
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            String meant = scheme.isEmpty() || !text.contains("://") ? "; is it http://" + text + "?" : "";
            throw new UsageException(source + " is " + Given.oneLine(text) + ", not a URL that begins with http:// or"
                    + " https://, or " + other + meant);
        }
        if (!hasHost(url) || url.getPort() > 65_535) {
            throw new UsageException(source + " is " + Given.oneLine(text) + ", a URL without a valid host and port");
        }
        if (url.getRawFragment() != null) {
            throw new UsageException(source + " has a fragment, what follows the #, which is never sent; leave it out");
        }
    }

    /** The protocol whose path a URL, or a path, ends in; empty where it ends in none. */
    static Optional<Protocol> protocol(String text) {
        String path = text.strip().split("[?#]", 2)[0].replaceFirst("/+$", "");
        return PATHS.stream()
                .filter(known -> path.endsWith(known.path))
                .map(Path::protocol)
                .findFirst();
    }

    /** Whether a URL is one of Azure OpenAI. */
    static boolean isAzure(String text) {
        try {
            URI url = new URI(text.strip());
            String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
            return host.endsWith(".openai.azure.com")
                    || url.getRawPath() != null && url.getRawPath().contains("/openai/deployments/");
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A base URL of a deployment of Azure OpenAI, which answers nothing without a version, with one if it has none. */
    static String withVersion(String text) {
        boolean lacks =
                DEPLOYMENT.matcher(text).find() && !VERSION.matcher(text).find();
        return lacks ? text + (text.contains("?") ? '&' : '?') + AZURE_VERSION : text;
    }

    /** How the path of a protocol ends. */
    private record Path(String path, Protocol protocol) {}

    /** Names with an underscore, which containers have, are hosts too, though a URI knows none in them. */
    private static boolean hasHost(URI url) {
        return url.getHost() != null
                || url.getRawAuthority() != null && url.getRawAuthority().matches("[A-Za-z0-9._-]+(:[0-9]{1,5})?");
    }
}
