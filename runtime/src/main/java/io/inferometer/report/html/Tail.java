package io.inferometer.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** How the values of a metric are distributed, to three digits, with as much room for the last percent as for the others. */
final class Tail {
    private static final int DIGITS = 3;
    private static final int PER_DECADE = 40;
    private static final int DECADES = 6;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Histogram values;

    Tail() {
        values = new Histogram(DIGITS);
    }

    /** As it is now. */
    Tail(Tail other) {
        values = other.values.copy();
    }

    /** Takes in a value in nanoseconds; NaN is none. */
    void add(double nanos) {
        if (!Double.isNaN(nanos)) {
            values.recordValue(Math.max(0, Math.round(nanos)));
        }
    }

    boolean isEmpty() {
        return values.getTotalCount() == 0;
    }

    /** Values in ms with the share of all values that is not above each, as far as the sample tells it. */
    void json(ObjectNode node) {
        ArrayNode millis = node.putArray("ms");
        ArrayNode shares = node.putArray("share");
        double count = values.getTotalCount();
        Iterator<HistogramIterationValue> upwards = values.recordedValues().iterator();
        HistogramIterationValue reached = upwards.next();
        long before = -1;
        for (int step = 0; step <= PER_DECADE * DECADES; step++) {
            double beyond = Math.pow(10, -step / (double) PER_DECADE);
            if (beyond * count < 1) {
                break;
            }
            long needed = (long) Math.ceil((1 - beyond) * count);
            while (reached.getTotalCountToThisValue() < needed && upwards.hasNext()) {
                reached = upwards.next();
            }
            long value = reached.getValueIteratedTo();
            if (value != before) {
                millis.add(Numbers.brief(value / NANOS_PER_MILLI));
                shares.add(Numbers.brief(1 - beyond));
                before = value;
            }
        }
        millis.add(Numbers.brief(values.getMaxValue() / NANOS_PER_MILLI));
        shares.add(1);
    }
}
