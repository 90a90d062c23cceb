package io.inferometer.scrape;

import io.inferometer.record.server.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a page of metrics says.
 *
 * @param engines whose names are on it
 * @param values what it tells; what is infinite or no number is left out
 */
record MetricsPage(List<Engine> engines, Map<Quantity, Double> values) {
    /**
     * Reads a page.
     *
     * @throws IllegalArgumentException if it is none
     */
    static MetricsPage of(String text) {
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        for (Sample sample : PrometheusText.parse(text)) {
            samples.computeIfAbsent(sample.name(), name -> new ArrayList<>()).add(sample);
        }
        List<Engine> engines = engines(samples.keySet());
        Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
        for (Engine engine : engines) {
            values(engine, samples).forEach(values::putIfAbsent);
        }
        return new MetricsPage(engines, values);
    }

    private static List<Engine> engines(Set<String> names) {
        List<Engine> engines = new ArrayList<>();
        Arrays.stream(Engine.values())
                .filter(engine -> engine.wrote(names))
                // Names without a prefix are an engine's own only where no other one is there.
                .filter(engine -> engines.isEmpty() || !engine.prefixes().contains(""))
                .forEach(engines::add);
        return engines;
    }

    /** The engines' names; empty for none. */
    String engine() {
        return engines.stream().map(Engine::label).collect(Collectors.joining(" and "));
    }

    private static Map<Quantity, Double> values(Engine engine, Map<String, List<Sample>> samples) {
        Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
        engine.names()
                .forEach((quantity, names) -> names.stream()
                        .flatMap(name -> engine.prefixes().stream().map(prefix -> prefix + name))
                        .filter(samples::containsKey)
                        .findFirst()
                        .map(name -> together(engine, quantity, samples.get(name)) * engine.factor(quantity))
                        .filter(Double::isFinite)
                        .ifPresent(value -> values.put(quantity, value)));
        Double hits = values.get(Quantity.PREFIX_HITS);
        if (hits != null && values.containsKey(Quantity.PROMPT_TOKENS)) {
            if (engine.cachedBeside()) {
                values.merge(Quantity.PROMPT_TOKENS, hits, Double::sum);
            }
            values.putIfAbsent(Quantity.PREFIX_QUERIES, values.get(Quantity.PROMPT_TOKENS));
        }
        return values;
    }

    /** The sum of a metric's samples, of caches the fullest; what is told several times counts once. */
    private static double together(Engine engine, Quantity quantity, List<Sample> samples) {
        Map<Map<String, String>, Double> apart = new LinkedHashMap<>();
        for (Sample sample : samples) {
            if (Double.isFinite(sample.value())) {
                Map<String, String> labels = new HashMap<>(sample.labels());
                labels.keySet().removeAll(engine.repeated());
                apart.merge(labels, sample.value(), Math::max);
            }
        }
        boolean share = quantity == Quantity.KV_CACHE || quantity == Quantity.HIT_RATE;
        return apart.values().stream().reduce(share ? Math::max : Double::sum).orElse(Double.NaN);
    }
}
