package io.inferometer.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The providers of a service that work, and why the others don't: one that is broken disables itself alone.
 *
 * @param working those that could be made, in the order that ServiceLoader gives
 * @param broken why each of the others could not, by the name of its class, in a few words
 * @param <S> the service
 */
public record Providers<S>(List<S> working, Map<String, String> broken) {
    /** An index that fails in the same way again and again has no end. */
    private static final int MOST_BROKEN = 1_000;

    private static final Pattern NAMED = Pattern.compile(": (?:Provider )?([^\\s:]+) (?:not |could not |Unable )");

    public Providers {
        working = List.copyOf(working);
        broken = Collections.unmodifiableMap(new LinkedHashMap<>(broken));
    }

    /** Providers that need no finding. */
    public static <S> Providers<S> of(List<? extends S> working) {
        return new Providers<>(List.copyOf(working), Map.of());
    }

    /**
     * Finds the providers of a service on the thread's context class loader.
     *
     * @param probe asks each of them for what it will be asked for; what it throws tells that one is broken
     */
    public static <S> Providers<S> find(Class<S> service, Consumer<? super S> probe) {
        List<S> working = new ArrayList<>();
        Map<String, String> broken = new LinkedHashMap<>();
        Set<String> unseen = indexed(service);
        Iterator<ServiceLoader.Provider<S>> found =
                ServiceLoader.load(service).stream().iterator();
        while (broken.size() < MOST_BROKEN) {
            String name = "";
            try {
                if (!found.hasNext()) {
                    break;
                }
                ServiceLoader.Provider<S> provider = found.next();
                name = provider.type().getName();
                S made = provider.get();
                probe.accept(made);
                working.add(made);
            } catch (OutOfMemoryError e) {
                throw e;
            } catch (Throwable e) {
                name = name.isEmpty() ? name(e, unseen) : name;
                broken.put(name, reason(e));
            }
            unseen.remove(name);
        }
        return new Providers<>(working, broken);
    }

    /** A line for each that is broken. */
    public List<String> complaints() {
        return broken.entrySet().stream()
                .map(entry -> entry.getKey() + " is left out: " + entry.getValue())
                .toList();
    }

    /** What keeps a provider from working, in a few words. */
    public static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof ServiceConfigurationError || cause instanceof ExceptionInInitializerError)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? "" : cause.getMessage();
        if (cause instanceof NoClassDefFoundError && cause.getCause() instanceof ClassNotFoundException) {
            return "it needs " + message.replace('/', '.') + ", which is not on the class path";
        }
        if (cause instanceof ServiceConfigurationError) {
            return message.endsWith(" not found") ? "there is no such class" : message;
        }
        return cause.getClass().getSimpleName() + (message.isEmpty() ? "" : ": " + message);
    }

    /** The provider that could not even be looked at: the one that is named, or the first one that is still to come. */
    private static String name(Throwable thrown, Set<String> unseen) {
        String message = String.valueOf(thrown.getMessage());
        if (thrown instanceof ServiceConfigurationError) {
            Matcher named = NAMED.matcher(message);
            return named.find() ? named.group(1) : "an index of services";
        }
        return unseen.stream().findFirst().orElse("a provider");
    }

    /** The providers that the class path's indexes name, in the order in which ServiceLoader comes to them. */
    private static Set<String> indexed(Class<?> service) {
        Set<String> names = new LinkedHashSet<>();
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            for (URL index : Collections.list((loader == null ? ClassLoader.getSystemClassLoader() : loader)
                    .getResources("META-INF/services/" + service.getName()))) {
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(index.openStream(), StandardCharsets.UTF_8))) {
                    lines.lines()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .filter(name -> !name.isEmpty())
                            .forEach(names::add);
                }
            }
        } catch (IOException e) {
            // ServiceLoader will say so.
        }
        return names;
    }
}
