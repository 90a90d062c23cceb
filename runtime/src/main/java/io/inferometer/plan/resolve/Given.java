package io.inferometer.plan.resolve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferometer.annotations.Setting;
import io.inferometer.judge.Requirement;
import io.inferometer.judge.precision.Goal;
import io.inferometer.plan.CommaList;
import io.inferometer.plan.Options;
import io.inferometer.plan.Plan;
import io.inferometer.plan.Trial;
import io.inferometer.plan.UsageException;
import io.inferometer.workload.FileReading;
import io.inferometer.workload.Objective;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A setting's text as it was given, and its value; a text that has none becomes a {@link UsageException} that begins
 * with where it came from.
 *
 * @param setting what it sets
 * @param text as it was given
 * @param layer which layer gives it
 * @param origin where it came from, text and all: {@code --concurrency abc} or {@code CONC=abc}
 */
record Given(Setting setting, String text, Layer layer, String origin) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern TIME = Pattern.compile("([0-9]{1,100}(?:\\.[0-9]{1,100})?)(ms|s|m|h)");
    private static final Map<String, Long> UNIT_NANOS =
            Map.of("ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,100}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,100}(?:\\.[0-9]{1,100})?");
    private static final int MOST_PERCENTILES = 12;
    private static final Duration LONGEST = Duration.ofHours(10_000);

    /** From the command line. */
    static Given option(Setting setting, String text) {
        if (text.isBlank() && setting != Setting.API_KEY_ENV) {
            throw new UsageException(Options.name(setting) + " has no value");
        }
        String name = Options.name(setting);
        boolean alone = (Options.isFlag(setting) || setting == Setting.LIVE) && text.equals("true");
        return new Given(setting, text, Layer.OPTION, alone ? name : name + ' ' + oneLine(text));
    }

    /** From a variable of the environment. */
    static Given variable(Setting setting, String name, String text) {
        return new Given(setting, text, Layer.VARIABLE, name + '=' + oneLine(text));
    }

    /** The error of this text. */
    UsageException problem(String what) {
        return new UsageException(origin + ": " + what);
    }

    /** Where it came from, without the text, which may hold a secret. */
    String source() {
        int end = origin.length() - oneLine(text).length() - 1;
        return origin.substring(0, end);
    }

    /** A part of the text, for messages that name its place. */
    Given part(String place, String ofText) {
        return new Given(setting, ofText, layer, origin + ": " + place);
    }

    int count(int least) {
        return count(text, least);
    }

    long longCount(long least) {
        return whole(text, least, Long.MAX_VALUE);
    }

    /** Counts to sweep over, comma-separated. */
    List<Integer> counts(int least) {
        return sweep(part -> count(part, least));
    }

    /** A positive number. */
    double rate() {
        return rate(text.strip());
    }

    /** Positive numbers to sweep over, comma-separated. */
    List<Double> rates() {
        return sweep(this::rate);
    }

    long seed() {
        return whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** A time with its unit, above 0. */
    Duration time() {
        Duration time = timeOrNone();
        if (time.isZero()) {
            throw problem(text.strip() + " is not above 0");
        }
        return time;
    }

    /** A time with its unit; {@code 0s} is one too. */
    Duration timeOrNone() {
        String trimmed = text.strip();
        Matcher time = TIME.matcher(trimmed);
        if (!time.matches()) {
            throw problem(
                    NUMBER.matcher(trimmed).matches()
                            ? unitMissing(trimmed)
                            : trimmed + " is not a time, such as 500ms, 10s, 2m or 1h");
        }
        BigDecimal nanos = new BigDecimal(time.group(1)).multiply(BigDecimal.valueOf(UNIT_NANOS.get(time.group(2))));
        if (nanos.compareTo(BigDecimal.valueOf(LONGEST.toNanos())) > 0) {
            throw problem(trimmed + " is too long; at most " + LONGEST.toHours() + "h");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    boolean flag() {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw problem(text.strip() + " is none of true, false, 1, 0");
        };
    }

    /** A port, 0 for any; empty where the text says that there is to be none. */
    OptionalInt port() {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> OptionalInt.of(0);
            case "false" -> OptionalInt.empty();
            default -> {
                Matcher port = PORT.matcher(text.strip());
                int number = port.matches() ? Integer.parseInt(port.group()) : 0;
                if (number < 1 || number > Plan.Live.HIGHEST_PORT) {
                    throw problem(text.strip() + " is not a port from 1 to " + Plan.Live.HIGHEST_PORT
                            + (layer == Layer.OPTION
                                    ? "; --live alone takes a free one"
                                    : ", nor true, which is any that is free, nor false"));
                }
                yield OptionalInt.of(number);
            }
        };
    }

    /** Names, comma-separated. */
    List<String> names() {
        return Stream.of(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** The URLs of pages of metrics, comma-separated, each once; {@code auto} stands for that of the endpoint. */
    List<String> metricsPages() {
        List<String> pages = names();
        if (pages.isEmpty()) {
            throw problem("no page; give a URL, or auto");
        }
        pages.stream()
                .filter(page -> !page.equals(Trial.Figures.OWN_PAGE))
                .forEach(page -> EndpointUrls.checkPage(source(), page));
        return pages;
    }

    /** A share from 0 to 1: {@code 5%} or {@code 0.05}. */
    double share() {
        String trimmed = text.strip();
        boolean percent = trimmed.endsWith("%");
        String number = percent ? trimmed.substring(0, trimmed.length() - 1).strip() : trimmed;
        double share = number(number) / (percent ? 100 : 1);
        if (!percent && share == 1) {
            throw problem("1 may be meant as 1% or as 100%; write one of them");
        }
        if (!(share >= 0 && share <= 1)) {
            throw problem(trimmed + " is not a share of the requests, such as 5% or 0.05");
        }
        return share;
    }

    /** Limits by name, in milliseconds: {@code ttft=200,tpot=20}. */
    Objective objective() {
        Map<String, Double> limits = new HashMap<>(Map.of("ttft", 0.0, "tpot", 0.0, "e2el", 0.0));
        for (String part : text.split(",", -1)) {
            String[] limit = part.split("=", 2);
            double millis = limit.length == 2 ? number(limit[1].strip()) : 0;
            if (!(millis > 0) || Double.isInfinite(millis) || limits.replace(limit[0].strip(), millis) == null) {
                throw problem(part + " is not a limit in milliseconds on ttft, tpot or e2el, such as ttft=200,tpot=20");
            }
        }
        return new Objective(limits.get("ttft"), limits.get("tpot"), limits.get("e2el"));
    }

    /** What figures have to be: {@code ttft.p99 <= 200ms, goodput >= 95%}. */
    List<Requirement> requirements() {
        try {
            return Requirement.parse(text);
        } catch (IllegalArgumentException e) {
            throw problem(e.getMessage());
        }
    }

    /** How narrow figures are to be known: {@code ttft.p99 5%, tpot.mean 2%}. */
    List<Goal> goals() {
        try {
            return Goal.parse(text);
        } catch (IllegalArgumentException e) {
            throw problem(e.getMessage());
        }
    }

    /** Percentiles, ascending: {@code 50,99,99.9}. */
    List<Double> percentiles() {
        List<Double> percentiles = sweep(this::percentile);
        if (percentiles.size() > MOST_PERCENTILES) {
            throw problem("there are " + percentiles.size() + "; a table has room for " + MOST_PERCENTILES);
        }
        return percentiles.stream().sorted().toList();
    }

    private double percentile(String part) {
        double p = number(part);
        if (!(p > 0 && p < 100)) {
            throw problem((part.isEmpty() ? "an empty part" : part)
                    + " is not a percentile above 0 and below 100, such as 99.9");
        }
        return p;
    }

    /** The constant of that name, in lower case and with hyphens. */
    <E extends Enum<E>> E choice(Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (name.equals(text.strip().toLowerCase(Locale.ROOT))) {
                return constant;
            }
            names.add(name);
        }
        throw problem(text + " is none of " + String.join(", ", names));
    }

    /** The text, which must be that of a JSON object. */
    String jsonObject() {
        try {
            JsonNode node = JSON.readTree(text);
            if (node != null && node.isObject()) {
                return text;
            }
        } catch (MismatchedInputException e) {
            throw problem("something follows the JSON object");
        } catch (JsonProcessingException e) {
            throw problem("not JSON: " + e.getOriginalMessage());
        }
        throw problem("not a JSON object, such as {\"top_k\": 1}");
    }

    /** Several choices of a JSON object can't be told apart in a stream; its own word on streaming comes last. */
    void refuseChoicesInAStream() {
        try {
            JsonNode body = JSON.readTree(text);
            if (body.path("n").asInt(1) > 1 && body.path("stream").asBoolean(true)) {
                throw problem("the tokens of several choices in one stream can't be told apart; ask for one, or give"
                        + " --no-streaming");
            }
        } catch (JsonProcessingException e) {
            throw problem("not JSON: " + e.getOriginalMessage());
        }
    }

    /** The name of a file. */
    Path path() {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw problem("that can't be the name of a file: " + e.getReason());
        }
    }

    /** A JSON object, empty for none, with each of the fields that are named here null. */
    String omittedFrom(String object) {
        try {
            ObjectNode node = object.isEmpty() ? JSON.createObjectNode() : (ObjectNode) JSON.readTree(object);
            for (String field : CommaList.split(text)) {
                if (field.isBlank()) {
                    throw problem("a field without a name");
                }
                node.putNull(field.strip());
            }
            return node.toString();
        } catch (JsonProcessingException e) {
            throw problem("not JSON: " + e.getOriginalMessage());
        }
    }

    /** Cuts a text to what fits into a line of a message. */
    static String oneLine(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= 80 ? line : line.substring(0, 77) + "...";
    }

    /** The unit of the times in a file. */
    TimeUnit timeUnit() {
        return FileReading.unit(text.strip())
                .orElseThrow(() -> problem("not one of " + String.join(", ", FileReading.units())));
    }

    private double rate(String part) {
        double rate = number(part);
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw problem(part + " is not a number above 0");
        }
        return rate;
    }

    /** NaN where the text is none. */
    private static double number(String text) {
        return NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    }

    private int count(String part, int least) {
        return (int) whole(part, least, Integer.MAX_VALUE);
    }

    private long whole(String part, long least, long most) {
        String trimmed = part.strip();
        BigInteger value = WHOLE.matcher(trimmed).matches() ? new BigInteger(trimmed) : null;
        if (value == null || value.compareTo(BigInteger.valueOf(least)) < 0) {
            throw problem((part.isEmpty() ? "an empty part" : part) + " is not a whole number"
                    + (least == Long.MIN_VALUE ? "" : " of at least " + least));
        }
        if (value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw problem(trimmed + " is too large; at most " + most);
        }
        return value.longValueExact();
    }

    private <T> List<T> sweep(Function<String, T> value) {
        List<T> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            T next = value.apply(part.strip());
            if (values.contains(next)) {
                throw problem(part.strip() + " is there twice");
            }
            values.add(next);
        }
        return values;
    }

    private String unitMissing(String number) {
        boolean option = layer == Layer.OPTION;
        if (option && setting == Setting.TIME) {
            return "-r is the time of an iteration, as in JMH, and a time needs a unit; write -r " + number
                    + "s, --requests " + number + " for a number of requests, or --spawn-rate " + number
                    + " for Locust's -r";
        }
        if (option && setting == Setting.WARMUP_TIME) {
            return "-w is the time of a warm-up iteration, as in JMH, and a time needs a unit; write -w " + number
                    + "s, or --warmup-requests " + number + " for a number of requests";
        }
        return "a time needs a unit: " + number + "ms, " + number + "s, " + number + "m or " + number + "h";
    }
}
