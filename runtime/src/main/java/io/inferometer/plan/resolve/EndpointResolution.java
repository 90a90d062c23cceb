package io.inferometer.plan.resolve;

import io.inferometer.annotations.Setting;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.Options;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides where a workload's requests go, and which variable holds the key. */
final class EndpointResolution {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");
    private static final Setting[] ENDPOINT = {Setting.BASE_URL, Setting.URL};

    private final Layers layers;
    private final WorkloadDescriptor workload;
    private final String schemeOption;

    EndpointResolution(Layers layers, WorkloadDescriptor workload, Options options) {
        this.layers = layers;
        this.workload = workload;
        this.schemeOption = options.apiKeyScheme();
    }

    EndpointAddress resolve() {
        Optional<Given> given = layers.first(ENDPOINT);
        String url = given.map(Given::text).orElse(workload.endpoint().url()).strip();
        String source = given.map(Given::source).orElse("@Endpoint of " + workload.name());
        if (url.isEmpty()) {
            throw new UsageException(workload.name() + " has no endpoint: " + howToSet());
        }
        boolean whole = given.isPresent() && given.get().setting() == Setting.URL;
        EndpointAddress address;
        String apiKeyEnv = apiKeyEnv();
        boolean apiKeySet = !layers.value(apiKeyEnv).isBlank();
        if (url.startsWith(EndpointAddress.SIMULATED)) {
            address = new EndpointAddress(url, false, "", apiKeyEnv, apiKeySet, scheme());
            checkSimulated(source, address);
        } else {
            checkUrl(source, url, whole);
            address = new EndpointAddress(url, whole, path(whole, source), apiKeyEnv, apiKeySet, scheme());
            checkKey(apiKeyEnv);
        }
        return address;
    }

    private void checkUrl(String source, String text, boolean whole) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new UsageException(
                    source + " is not a URL: " + e.getReason() + " at character " + (e.getIndex() + 1));
        }
        if (text.contains("@") && (url.getRawUserInfo() != null || url.getHost() == null)) {
            throw new UsageException(source + " has a user or a password in the URL, where it would end up in results;"
                    + " put the key into a variable and name that with --api-key-env");
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            String meant = scheme.isEmpty() || !text.contains("://") ? "; is it http://" + text + "?" : "";
            throw new UsageException(source + " is " + Given.oneLine(text) + ", not a URL that begins with http:// or"
                    + " https://, or sim:PROFILE" + meant);
        }
        if (url.getHost() == null || url.getPort() > 65_535) {
            throw new UsageException(source + " is " + Given.oneLine(text) + ", a URL without a valid host and port");
        }
        if (!whole && (url.getRawQuery() != null || url.getRawFragment() != null)) {
            throw new UsageException(source + " has a query or a fragment, but the path of the API is added to it; give"
                    + " the whole URL with --url");
        }
    }

    private void checkSimulated(String source, EndpointAddress address) {
        if (address.profile().isEmpty()) {
            throw new UsageException(
                    source + " is " + address.url() + ", without a profile; write sim:metronome?ttft=50&itl=10");
        }
        String key = address.apiKeyEnv();
        if (!layers.value(key).isEmpty()) {
            List<String> variables = layers.variables(ENDPOINT);
            String meant = variables.isEmpty()
                    ? "probably the endpoint is missing: give --base-url URL"
                    : "probably the variable of the endpoint's URL, " + String.join(" or ", variables)
                            + ", is misspelt or missing";
            throw new UsageException(key + " is set, but " + source + " is simulated (" + address.url() + "); " + meant
                    + ", or unset " + key + " to run the simulation");
        }
    }

    /** A key with a line end or a blank in it was pasted wrong, and no header can carry it. */
    private void checkKey(String variable) {
        String key = layers.value(variable);
        if (!key.isEmpty() && !KEY.matcher(key).matches()) {
            throw new UsageException("the key in " + variable
                    + " has a blank, a line end or another character that a header can't carry");
        }
    }

    private String path(boolean whole, String source) {
        if (whole) {
            layers.option(Setting.PATH).ifPresent(given -> {
                throw given.problem(source + " gives the whole URL, to which no path is added");
            });
            return "";
        }
        String path = layers.first(Setting.PATH)
                .map(Given::text)
                .orElse(workload.endpoint().path())
                .strip();
        return path.isEmpty() || path.startsWith("/") ? path : '/' + path;
    }

    /** The text of a name that can't be one is not shown: it may be the key itself. */
    private String apiKeyEnv() {
        Optional<Given> given = layers.first(Setting.API_KEY_ENV);
        String name =
                given.map(Given::text).orElse(workload.endpoint().apiKeyEnv()).strip();
        if (!name.isEmpty() && !VARIABLE.matcher(name).matches()) {
            String source = given.map(Given::source).orElse("@Endpoint of " + workload.name());
            throw new UsageException(source + " takes the name of the variable that holds the key, not the key");
        }
        return name;
    }

    private String scheme() {
        String scheme = schemeOption.isEmpty() ? workload.endpoint().apiKeyScheme() : schemeOption;
        if (!SCHEME.matcher(scheme).matches()) {
            throw new UsageException("--api-key-scheme takes one word that stands before the key: Bearer or Api-Key");
        }
        return scheme;
    }

    private String howToSet() {
        List<String> variables = layers.variables(ENDPOINT);
        return "give --base-url URL" + (variables.isEmpty() ? "" : ", or set " + String.join(" or ", variables));
    }
}
