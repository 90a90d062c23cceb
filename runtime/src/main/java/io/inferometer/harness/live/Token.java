package io.inferometer.harness.live;

import java.security.SecureRandom;
import java.util.HexFormat;

/** What nobody guesses: 128 random bits, as a path spells them. */
final class Token {
    private static final int BYTES = 16;

    private Token() {}

    static String random() {
        byte[] bits = new byte[BYTES];
        new SecureRandom().nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }
}
