package io.inferometer.corpus.length;

/**
 * How the lengths of random prompts and answers are spread. Both laws are uniform, with both ends included, and take
 * the same number to mean different things; so the law is always named, never guessed.
 */
public enum LengthLaw {
    /**
     * From {@code int(L·r)} to L: ratio 0 spreads from nothing to L, ratio 1 is exactly L. What bench_serving drew in
     * 2025.
     */
    BENCH_SERVING_2025 {
        @Override
        public int shortest(int tokens, double ratio) {
            return (int) (tokens * ratio);
        }

        @Override
        public int longest(int tokens, double ratio) {
            return tokens;
        }

        @Override
        public void check(double ratio) {
            if (!(ratio >= 0 && ratio <= 1)) {
                throw new IllegalArgumentException("the range ratio is " + ratio + "; " + this
                        + " draws from int(L·ratio) to L, so it must be from 0 to 1");
            }
        }
    },

    /** From {@code floor(L·(1−r))} to {@code ceil(L·(1+r))}: ratio 0 is exactly L. What vLLM draws today. */
    VLLM {
        @Override
        public int shortest(int tokens, double ratio) {
            return (int) Math.floor(tokens * (1 - ratio));
        }

        @Override
        public int longest(int tokens, double ratio) {
            return (int) Math.ceil(tokens * (1 + ratio));
        }

        @Override
        public void check(double ratio) {
            if (!(ratio >= 0 && ratio < 1)) {
                throw new IllegalArgumentException("the range ratio is " + ratio + "; " + this
                        + " draws from floor(L·(1−ratio)) to ceil(L·(1+ratio)), so it must be at least 0 and below 1");
            }
        }
    };

    /**
     * {@return the shortest length about L tokens; it may be 0, for which 1 is taken}
     *
     * @param tokens L, at least 1
     * @param ratio one that {@link #check} lets pass
     */
    public abstract int shortest(int tokens, double ratio);

    /**
     * {@return the longest length about L tokens}
     *
     * @param tokens L, at least 1
     * @param ratio one that {@link #check} lets pass
     */
    public abstract int longest(int tokens, double ratio);

    /**
     * Refuses a ratio that the law doesn't have.
     *
     * @param ratio of the range
     * @throws IllegalArgumentException if the law has no such ratio
     */
    public abstract void check(double ratio);
}
