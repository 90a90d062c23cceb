package io.inferometer.judge;

/** What was found of B beside A in one figure, by a margin. */
public sealed interface Finding {
    /** {@return the word for it} */
    String word();

    /** It is better by the margin or more, and not by chance. */
    record Better() implements Finding {
        @Override
        public String word() {
            return "better";
        }
    }

    /** It is worse by the margin or more, and not by chance. */
    record Worse() implements Finding {
        @Override
        public String word() {
            return "worse";
        }
    }

    /** It is neither worse nor better by as much as the margin: two one-sided tests. */
    record Same() implements Finding {
        @Override
        public String word() {
            return "same";
        }
    }

    /** It is not worse by as much as the margin; it may be better by more. */
    record NotWorse() implements Finding {
        @Override
        public String word() {
            return "not worse";
        }
    }

    /**
     * Neither is proven.
     *
     * @param forks how many on a side it would take; {@link Contrast#MOST_FORKS} stands for more too
     */
    record Unclear(int forks) implements Finding {
        @Override
        public String word() {
            return "can't tell";
        }
    }
}
