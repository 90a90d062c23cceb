package io.inferometer.benchmarks.overhead;

import io.inferometer.benchmarks.overhead.trip.Client;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A figure of a part, of all clients.
 *
 * @param part the part's name
 * @param label what the figure is, in a few words
 * @param unit its unit; may be empty
 * @param definition how a fork's value is made
 * @param sense what is better of it
 * @param values for each client the values of its forks, by the fork's number; {@link #ANY} is the client where all share it
 * @param goals for each client that has one, what it should be
 * @param spoiled the clients of which a request failed or was not sent in this part
 */
record Row(
        String part,
        String label,
        String unit,
        String definition,
        Sense sense,
        Map<String, Map<Integer, Double>> values,
        Map<String, Goal> goals,
        Set<String> spoiled) {
    /** In place of a client's name: a part of the client that is the same over each transport. */
    static final String ANY = "any";

    /** What is better of a figure. */
    enum Sense {
        /** Less of it. */
        LESS,
        /** More of it. */
        MORE,
        /** Neither: it is about nothing. */
        NEITHER,
        /** None at all: it is a number of requests that went wrong. */
        NONE
    }

    /** What was measured of a client. */
    Sample sample(String client) {
        return Sample.of(values.getOrDefault(client, Map.of()).values());
    }

    /** What it comes to: the median of the forks, or the sum of a number of requests. NaN without a fork. */
    double value(String client) {
        Sample sample = sample(client);
        return sense == Sense.NONE && sample.count() > 0 ? sample.sum() : sample.median();
    }

    /** The client's values in multiples of the bare loop's, fork by fork, as these ran beside each other. */
    Sample ofBare(String client) {
        Map<Integer, Double> bare = values.getOrDefault(Client.BARE, Map.of());
        List<Double> ratios = new ArrayList<>();
        values.getOrDefault(client, Map.of()).forEach((fork, value) -> {
            double below = bare.getOrDefault(fork, 0.0);
            if (below > 0) {
                ratios.add(value / below);
            }
        });
        return Sample.of(Collections.unmodifiableList(ratios));
    }

    /** The client's goal and what is known of it; empty where there is none. */
    String goal(String client) {
        Goal goal = goals.getOrDefault(client, Goal.NONE);
        Sample judged = goal.kind() == Goal.Kind.OF_BARE ? ofBare(client) : sample(client);
        if (Double.isNaN(goal.bound()) || judged.count() == 0) {
            return "";
        }
        if (sense == Sense.NONE) {
            return goal.words() + " " + (judged.sum() <= goal.bound() ? "met" : "missed");
        }
        return goal.words() + " " + (spoiled.contains(client) ? "open" : goal.verdict(judged));
    }

    /** Whether a client is better than the bare loop, in the whole of the interval of their ratio. */
    boolean beatsBare(String client) {
        if (client.equals(Client.BARE) || spoiled.contains(client) || spoiled.contains(Client.BARE)) {
            return false;
        }
        return ofBare(client)
                .interval()
                .filter(ratio -> sense == Sense.LESS && ratio.high() < 1 || sense == Sense.MORE && ratio.low() > 1)
                .isPresent();
    }
}
