package io.inferometer.stats.column;

/**
 * Some whole numbers, which never change, in frames: of each frame the first, the least difference between neighbours, and how
 * far each difference is beyond it, in as many bits as the greatest of these takes. Differences and sums wrap around alike, so
 * that any numbers come back as they were.
 *
 * <p>Frames of reference are Goldstein's, Ramakrishnan's and Shaft's, "Compressing Relations and Indexes" (1998).
 */
final class PackedLongs {
    static final int FRAME = 128;

    private static final int HEAD = 2;
    private static final int WIDTH_BITS = 7;

    private final int count;
    /** Of each frame its first word, and behind that its width in bits. */
    private final int[] places;

    private final long[] words;

    private PackedLongs(int count, int[] places, long... words) {
        this.count = count;
        this.places = places;
        this.words = words;
    }

    /** The first so many of these, in their order. */
    static PackedLongs of(long[] values, int count) {
        int[] places = new int[(count + FRAME - 1) / FRAME];
        long[] least = new long[places.length];
        int length = 0;
        for (int frame = 0; frame < places.length; frame++) {
            int from = frame * FRAME;
            int to = Math.min(count, from + FRAME);
            least[frame] = leastStep(values, from, to);
            int width = width(values, from, to, least[frame]);
            places[frame] = length << WIDTH_BITS | width;
            length += HEAD + (int) (((long) width * (to - from - 1) + Long.SIZE - 1) / Long.SIZE);
        }
        long[] words = new long[length];
        for (int frame = 0; frame < places.length; frame++) {
            int from = frame * FRAME;
            int at = places[frame] >>> WIDTH_BITS;
            words[at] = values[from];
            words[at + 1] = least[frame];
            pack(values, from, Math.min(count, from + FRAME), least[frame], places[frame], words);
        }
        return new PackedLongs(count, places, words);
    }

    private static long leastStep(long[] values, int from, int to) {
        long least = to - from < 2 ? 0 : Long.MAX_VALUE;
        for (int i = from + 1; i < to; i++) {
            least = Math.min(least, values[i] - values[i - 1]);
        }
        return least;
    }

    private static int width(long[] values, int from, int to, long least) {
        long bits = 0;
        for (int i = from + 1; i < to; i++) {
            bits |= values[i] - values[i - 1] - least;
        }
        return Long.SIZE - Long.numberOfLeadingZeros(bits);
    }

    private static void pack(long[] values, int from, int to, long least, int place, long... words) {
        int width = place & (1 << WIDTH_BITS) - 1;
        if (width == 0) {
            return;
        }
        long bit = (long) ((place >>> WIDTH_BITS) + HEAD) * Long.SIZE;
        for (int i = from + 1; i < to; i++) {
            long beyond = values[i] - values[i - 1] - least;
            int word = (int) (bit / Long.SIZE);
            int shift = (int) (bit % Long.SIZE);
            words[word] |= beyond << shift;
            if (shift + width > Long.SIZE) {
                words[word + 1] = beyond >>> (Long.SIZE - shift);
            }
            bit += width;
        }
    }

    int count() {
        return count;
    }

    int frames() {
        return places.length;
    }

    /** The first number of a frame. */
    long first(int frame) {
        return words[places[frame] >>> WIDTH_BITS];
    }

    /** Unpacks a frame into the places from one on; returns how many numbers it has. */
    int read(int frame, long[] into, int from) {
        int length = Math.min(FRAME, count - frame * FRAME);
        int at = places[frame] >>> WIDTH_BITS;
        int width = places[frame] & (1 << WIDTH_BITS) - 1;
        long value = words[at];
        long least = words[at + 1];
        long mask = width == Long.SIZE ? -1 : (1L << width) - 1;
        long bit = (long) (at + HEAD) * Long.SIZE;
        into[from] = value;
        for (int i = 1; i < length; i++) {
            value += least + (width == 0 ? 0 : bits(bit, width) & mask);
            bit += width;
            into[from + i] = value;
        }
        return length;
    }

    private long bits(long bit, int width) {
        int word = (int) (bit / Long.SIZE);
        int shift = (int) (bit % Long.SIZE);
        long low = words[word] >>> shift;
        return shift + width > Long.SIZE ? low | words[word + 1] << (Long.SIZE - shift) : low;
    }

    /** How many bytes they take, about. */
    long bytes() {
        return 8L * words.length + 4L * places.length + 64;
    }
}
