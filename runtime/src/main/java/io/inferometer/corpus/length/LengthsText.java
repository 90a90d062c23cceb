package io.inferometer.corpus.length;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads laws of lengths as they are written in options and parameters. */
final class LengthsText {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})\\.\\.([0-9]{1,9})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(?:\\.[0-9]{1,9})?");

    private final String text;
    private final List<String> values;

    private LengthsText(String text) {
        this.text = text;
        values = List.of(text.substring(text.indexOf(':') + 1).strip().split("\\s*,\\s*", -1));
    }

    static Lengths read(String text) {
        String law = text.strip();
        LengthsText read = new LengthsText(law);
        if (WHOLE.matcher(law).matches()) {
            return Lengths.fixed(Integer.parseInt(law));
        }
        return switch (law.contains(":") ? law.substring(0, law.indexOf(':')).strip() : law) {
            case "fixed" -> Lengths.fixed(read.whole(0, 1));
            case "uniform" -> {
                Lengths.Bounds bounds = read.range(0, 1);
                yield Lengths.uniform(bounds.least(), bounds.most());
            }
            case "normal" -> Lengths.normal(read.number(0), read.number(1), read.bounds());
            case "lognormal" -> Lengths.lognormal(read.number(0), read.number(1), read.bounds());
            case "zipf" -> Lengths.zipf(read.number(0), read.whole(1, 2));
            case "bench-serving-2025" -> read.rangeRatio(LengthLaw.BENCH_SERVING_2025);
            case "vllm" -> read.rangeRatio(LengthLaw.VLLM);
            default -> throw read.none();
        };
    }

    private Lengths rangeRatio(LengthLaw law) {
        if (values.size() != 2) {
            throw none();
        }
        return Lengths.rangeRatio(law, whole(0, 2), number(1));
    }

    private Lengths.Bounds bounds() {
        return values.size() == 2 ? Lengths.Bounds.ANY : range(2, 3);
    }

    private Lengths.Bounds range(int place, int count) {
        Matcher range = RANGE.matcher(value(place));
        if (values.size() != count || !range.matches()) {
            throw none();
        }
        return Lengths.Bounds.of(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)));
    }

    private int whole(int place, int count) {
        if (values.size() != count || !WHOLE.matcher(value(place)).matches()) {
            throw none();
        }
        return Integer.parseInt(value(place));
    }

    private double number(int place) {
        if (!NUMBER.matcher(value(place)).matches()) {
            throw none();
        }
        return Double.parseDouble(value(place));
    }

    private String value(int place) {
        return place < values.size() ? values.get(place) : "";
    }

    private IllegalArgumentException none() {
        return new IllegalArgumentException(
                "'" + text + "' is no law of lengths; write 512, uniform:100..1000, normal:512,128, lognormal:512,0.8,"
                        + " zipf:1.2,4096, vllm:1024,0.5 or bench-serving-2025:1024,0.5, and bounds behind normal and lognormal, as in"
                        + " normal:512,128,16..2048");
    }
}
