package io.inferometer.plan.resolve;

import io.inferometer.annotations.Protocol;
import io.inferometer.annotations.Setting;
import io.inferometer.plan.EndpointAddress;
import io.inferometer.plan.KeyHeader;
import io.inferometer.plan.Options;
import io.inferometer.plan.UsageException;
import io.inferometer.secret.HeaderText;
import io.inferometer.workload.binding.WorkloadDescriptor;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides where a workload's requests go, and which variable holds the key.
 *
 * <p>What a workload says of its endpoint, in its annotations or by its variables, it says of the hosts that it names in
 * the same way. Where the command line names another origin (scheme, host and port), that is left out: a path would be
 * wrong there, and a key in wrong hands.
 */
final class EndpointResolution {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");
    static final Setting[] ENDPOINT = {Setting.BASE_URL, Setting.URL};

    private final Layers layers;
    private final WorkloadDescriptor workload;
    private final Consumer<String> notes;
    private final boolean elsewhere;

    /** @param notes is told of what is left out */
    EndpointResolution(Layers layers, WorkloadDescriptor workload, Consumer<String> notes) {
        this.layers = layers;
        this.workload = workload;
        this.notes = notes;
        List<String> own = Stream.of(
                        layers.variable(ENDPOINT).map(Given::text).orElse(""),
                        workload.endpoint().url())
                .filter(url -> !url.isBlank())
                .map(EndpointUrls::origin)
                .toList();
        this.elsewhere = !own.isEmpty()
                && layers.option(ENDPOINT)
                        .map(given -> EndpointUrls.origin(given.text()))
                        .filter(origin -> !origin.equals(EndpointAddress.SIMULATED) && !own.contains(origin))
                        .isPresent();
    }

    EndpointAddress resolve() {
        Optional<Given> given = layers.first(ENDPOINT);
        String url = given.map(Given::text).orElse(workload.endpoint().url()).strip();
        String source = given.map(Given::source).orElse(annotation());
        if (url.isEmpty()) {
            throw new UsageException(workload.name() + " has no endpoint: " + howToSet());
        }
        boolean whole = given.isPresent() && given.get().setting() == Setting.URL;
        String apiKeyEnv = apiKeyEnv();
        boolean apiKeySet = !layers.value(apiKeyEnv).isBlank();
        ProtocolResolution protocols =
                new ProtocolResolution(layers, workload.endpoint().protocol(), annotation(), notes);
        if (url.startsWith(EndpointAddress.SIMULATED)) {
            Protocol protocol = protocols.resolve();
            EndpointAddress address =
                    new EndpointAddress(url, false, "", apiKeyEnv, apiKeySet, keyHeader(protocol, ""), protocol);
            checkSimulated(source, address);
            return address;
        }
        EndpointUrls.check(source, url);
        String path = whole ? noPath(source) : path();
        Protocol protocol = path.isEmpty()
                ? protocols.resolve(url, given.map(Given::layer).orElse(Layer.ANNOTATION), source)
                : protocols.resolve(path, pathGiven().map(Given::layer).orElse(Layer.ANNOTATION), pathSource());
        checkKey(apiKeyEnv);
        String asked = whole ? url : versioned(url, source);
        return new EndpointAddress(asked, whole, path, apiKeyEnv, apiKeySet, keyHeader(protocol, url), protocol);
    }

    /** The headers of every request, {@code name: value}. */
    Map<String, String> headers(List<String> options, UnaryOperator<String> environment) {
        Optional<Given> variable = layers.variable(Setting.HEADER).filter(given -> options.isEmpty());
        if (variable.isPresent() && elsewhere) {
            leftOut("each header of " + variable.get().source(), Setting.HEADER);
            return Map.of();
        }
        try {
            return variable.isPresent()
                    ? HeaderText.parse(
                            variable.get().source(),
                            variable.get()
                                    .text()
                                    .lines()
                                    .filter(line -> !line.isBlank())
                                    .toList(),
                            environment)
                    : HeaderText.parse(Options.name(Setting.HEADER), options, environment);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
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

    private String versioned(String url, String source) {
        String versioned = EndpointUrls.withVersion(url);
        if (!versioned.equals(url)) {
            notes.accept(source + " has no api-version, which a deployment of Azure OpenAI wants: "
                    + EndpointUrls.AZURE_VERSION + " is added; give another as ?api-version=VERSION behind the URL");
        }
        return versioned;
    }

    private String noPath(String source) {
        layers.option(Setting.PATH).ifPresent(given -> {
            throw given.problem(source + " gives the whole URL, to which no path is added");
        });
        return "";
    }

    private Optional<Given> pathGiven() {
        return layers.first(Setting.PATH);
    }

    private String pathSource() {
        return pathGiven().map(Given::source).orElse("the path of " + annotation());
    }

    private String path() {
        Optional<Given> given = pathGiven();
        String path = given.map(Given::text).orElse(workload.endpoint().path()).strip();
        if (path.isEmpty()) {
            return path;
        }
        if (ofTheWorkload(given)) {
            leftOut(
                    "the path " + Given.oneLine(path) + " of "
                            + given.map(Given::source).orElse(annotation()),
                    Setting.PATH);
            return "";
        }
        return path.startsWith("/") ? path : '/' + path;
    }

    /** The text of a name that can't be one is not shown: it may be the key itself. */
    private String apiKeyEnv() {
        Optional<Given> given = layers.first(Setting.API_KEY_ENV);
        String name =
                given.map(Given::text).orElse(workload.endpoint().apiKeyEnv()).strip();
        if (!name.isEmpty() && !VARIABLE.matcher(name).matches()) {
            throw new UsageException(given.map(Given::source).orElse(annotation())
                    + " takes the name of the variable that holds the key, not the key");
        }
        if (ofTheWorkload(given)) {
            if (!layers.value(name).isBlank()) {
                leftOut("the key in " + name, Setting.API_KEY_ENV);
            }
            return "";
        }
        return name;
    }

    /** Whether a setting is what the workload says of another host than that of the command line. */
    private boolean ofTheWorkload(Optional<Given> given) {
        return elsewhere && given.filter(it -> it.layer() == Layer.OPTION).isEmpty();
    }

    /** What the workload says that does not hold where the requests go. */
    Set<Setting> leftOut() {
        Set<Setting> out = elsewhere
                ? EnumSet.of(Setting.PATH, Setting.API_KEY_ENV, Setting.AUTH, Setting.HEADER)
                : EnumSet.noneOf(Setting.class);
        layers.first(ENDPOINT)
                .filter(given -> given.setting() == Setting.URL)
                .ifPresent(whole -> out.add(Setting.PATH));
        return out;
    }

    private void leftOut(String what, Setting setting) {
        notes.accept(what + " is left out, as "
                + layers.option(ENDPOINT).orElseThrow().source() + " names another host than " + workload.name()
                + " does; " + Options.name(setting) + " gives one");
    }

    /** What a workload says of the header of its own hosts' key says nothing of another host's. */
    private KeyHeader keyHeader(Protocol protocol, String url) {
        Optional<Given> given = layers.first(Setting.AUTH);
        return ofTheWorkload(given)
                ? KeyHeaderResolution.resolve(Optional.empty(), "", annotation(), protocol, url)
                : KeyHeaderResolution.resolve(given, workload.endpoint().auth(), annotation(), protocol, url);
    }

    private String annotation() {
        return "@Endpoint of " + workload.name();
    }

    private String howToSet() {
        List<String> variables = layers.variables(ENDPOINT);
        return "give --base-url URL" + (variables.isEmpty() ? "" : ", or set " + String.join(" or ", variables));
    }
}
