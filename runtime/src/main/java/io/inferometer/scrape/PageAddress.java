package io.inferometer.scrape;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where a page of metrics is, and with what it is asked for.
 *
 * @param headers those of the endpoint's requests, its key among them, if it is the endpoint itself that is asked; else none
 * @param insecure whether its certificate is not verified; that of another host always is
 */
record PageAddress(URI uri, Map<String, String> headers, boolean insecure) {
    private static final List<String> ENDINGS = List.of("/prometheus/metrics", "/metrics");

    PageAddress {
        headers = Map.copyOf(headers);
    }

    /** A page beside an endpoint, or of another host, which is sent no key. */
    static PageAddress of(URI uri, Endpoint endpoint) {
        boolean own = origin(uri).equals(origin(endpoint.uri()));
        return new PageAddress(uri, own ? endpoint.headers() : Map.of(), own && endpoint.insecure());
    }

    /** Where the page of an endpoint may be: beside the versioned API, or at its host. */
    static List<PageAddress> beside(Endpoint endpoint) {
        URI asked = endpoint.uri();
        String origin = asked.getScheme() + "://" + asked.getRawAuthority();
        String path = asked.getRawPath() == null ? "" : asked.getRawPath();
        int version = path.lastIndexOf("/v1/");
        Set<String> bases = new LinkedHashSet<>();
        bases.add(origin + (version < 0 ? "" : path.substring(0, version)));
        bases.add(origin);
        List<PageAddress> pages = new ArrayList<>();
        for (String base : bases) {
            pages.add(of(URI.create(base + "/metrics"), endpoint));
            pages.add(of(URI.create(base + "/prometheus/metrics"), endpoint));
        }
        return pages;
    }

    /** Another path of the same server. */
    PageAddress at(String path) {
        String url = uri.toString().split("[?#]", 2)[0].replaceFirst("/+$", "");
        for (String ending : ENDINGS) {
            if (url.endsWith(ending)) {
                url = url.substring(0, url.length() - ending.length());
                break;
            }
        }
        return new PageAddress(URI.create(url + path), headers, insecure);
    }

    /** Without a query, which may hold a key. */
    String shown() {
        return uri.toString().split("[?#]", 2)[0];
    }

    /** Whether it is the same one, however its host and its port are spelt: to count it twice would double its server. */
    boolean same(PageAddress other) {
        return origin(uri).equals(origin(other.uri))
                && Objects.equals(uri.getRawPath(), other.uri.getRawPath())
                && Objects.equals(uri.getRawQuery(), other.uri.getRawQuery());
    }

    private static String origin(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(scheme) ? 443 : 80;
        String host = uri.getHost() == null ? uri.getRawAuthority() : uri.getHost();
        return scheme + "://" + host.toLowerCase(Locale.ROOT) + ":" + port;
    }
}
