package io.inferometer.endpoint.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTest {
    private final Random random = new Random(3);

    @Test
    void findsTheEndOfALineAsALoopOverBytesDoes() {
        for (int round = 0; round < 100_000; round++) {
            byte[] bytes = bytes(new byte[] {'\n', '\r', 0, '\t', ' ', 'a', '"', (byte) 0x8A, (byte) 0xFF, 0x1A});
            int from = random.nextInt(bytes.length + 1);
            int expected = from;
            while (expected < bytes.length && bytes[expected] != '\n' && bytes[expected] != '\r') {
                expected++;
            }

            assertThat(ByteSearch.lineEnd(bytes, from, bytes.length)).isEqualTo(expected);
        }
    }

    @Test
    void findsTheEndOfAStringAsALoopOverBytesDoes() {
        for (int round = 0; round < 100_000; round++) {
            byte[] bytes = bytes(new byte[] {'"', '\\', 'a', ' ', 0, '#', '!', ']', (byte) 0xA2, (byte) 0xDC});
            int from = random.nextInt(bytes.length + 1);
            int expected = from;
            while (expected < bytes.length && bytes[expected] != '"') {
                expected += bytes[expected] == '\\' ? 2 : 1;
            }

            assertThat(ByteSearch.closingQuote(bytes, from, bytes.length)).isEqualTo(Math.min(expected, bytes.length));
        }
    }

    @Test
    void findsWhatBeginsOrEndsAValueAsALoopOverBytesDoes() {
        for (int round = 0; round < 100_000; round++) {
            byte[] bytes = bytes(new byte[] {'"', '{', '}', '[', ']', '|', ';', '\\', (byte) 0xDB, (byte) 0xFD, 0x02});
            int from = random.nextInt(bytes.length + 1);
            int expected = from;
            while (expected < bytes.length && "\"{}[]".indexOf(bytes[expected]) < 0) {
                expected++;
            }

            assertThat(ByteSearch.structure(bytes, from, bytes.length)).isEqualTo(expected);
        }
    }

    /** Mostly letters; the longer, the rarer anything else. */
    private byte[] bytes(byte[] alphabet) {
        byte[] bytes = new byte[random.nextInt(60)];
        int rare = 1 + random.nextInt(30);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(rare) == 0 ? alphabet[random.nextInt(alphabet.length)] : (byte) 'x';
        }
        return bytes;
    }
}
