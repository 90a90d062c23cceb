package io.inferometer.harness.resume;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** A set of numbers as a list: where each stretch without a gap begins, and where it is over. */
final class Ranges {
    private Ranges() {}

    static List<Integer> of(BitSet numbers) {
        List<Integer> ranges = new ArrayList<>();
        for (int from = numbers.nextSetBit(0); from >= 0; from = numbers.nextSetBit(ranges.get(ranges.size() - 1))) {
            ranges.add(from);
            ranges.add(numbers.nextClearBit(from));
        }
        return ranges;
    }

    static BitSet read(Object ranges) {
        BitSet numbers = new BitSet();
        if (ranges instanceof Collection<?> list) {
            Iterator<?> next = list.iterator();
            while (next.hasNext()) {
                numbers.set(((Number) next.next()).intValue(), ((Number) next.next()).intValue());
            }
        }
        return numbers;
    }
}
