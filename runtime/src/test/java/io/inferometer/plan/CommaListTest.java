package io.inferometer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommaListTest {
    @Test
    void splitsAtCommas() {
        assertThat(CommaList.split("")).containsExactly("");
        assertThat(CommaList.split("a")).containsExactly("a");
        assertThat(CommaList.split("a,b,,")).containsExactly("a", "b", "", "");
    }

    @Test
    void keepsACommaBehindABackslash() {
        assertThat(CommaList.split("a\\,b,c")).containsExactly("a,b", "c");
        assertThat(CommaList.split("\\,")).containsExactly(",");
        assertThat(CommaList.split("a\\\\,b")).containsExactly("a\\", "b");
        assertThat(CommaList.split("a\\\\\\,b")).containsExactly("a\\,b");
    }

    @Test
    void leavesABackslashAloneWhereNoCommaFollows() {
        assertThat(CommaList.split("C:\\dir\\\\x\\,b\\")).containsExactly("C:\\dir\\\\x,b\\");
    }

    @Test
    void splitsWhatItJoined() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            List<String> values = new ArrayList<>();
            for (int count = 1 + random.nextInt(4); count > 0; count--) {
                StringBuilder value = new StringBuilder();
                for (int length = random.nextInt(6); length > 0; length--) {
                    value.append("\\\\,,a".charAt(random.nextInt(5)));
                }
                values.add(value.toString());
            }

            assertThat(CommaList.split(CommaList.join(values))).isEqualTo(values);
        }
    }
}
