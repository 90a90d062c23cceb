package io.inferometer.report.html;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as short as a drawing needs them. */
final class Numbers {
    private static final MathContext DIGITS = new MathContext(5);
    private static final int DECIMALS = 3;

    private Numbers() {}

    /** To five digits. */
    static BigDecimal brief(double value) {
        return plain(new BigDecimal(value).round(DIGITS));
    }

    /** Milliseconds to three decimals. */
    static BigDecimal millis(long nanos) {
        return plain(BigDecimal.valueOf(nanos, 6).setScale(DECIMALS, RoundingMode.HALF_UP));
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
