package io.inferometer.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderTextTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("TEAM", "$earch\\1", "BROKEN", "a\nb", "EMPTY", "");

    @Test
    void keepsVariablesAsTheyAreNamed() {
        assertThat(HeaderText.parse(
                        "--header", List.of("X-Team: ${TEAM}", "x-id:7", "X-Url: http://a:1"), ENVIRONMENT::get))
                .containsExactly(entry("X-Team", "${TEAM}"), entry("x-id", "7"), entry("X-Url", "http://a:1"));
    }

    @Test
    void putsInWhatTheVariablesHold() {
        assertThat(HeaderText.expand("a ${TEAM}-${TEAM} $TEAM ${NONE}.", ENVIRONMENT::get))
                .isEqualTo("a $earch\\1-$earch\\1 $TEAM .");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    secret             | --header needs a name and a value, as in 'X-Team: search'
                    : secret           | --header needs a name and a value, as in 'X-Team: search'
                    X Team: secret     | --header needs a name and a value, as in 'X-Team: search'
                    AUTHORIZATION: secret | --header Authorization is made from the key: name the variable that holds it with --api-key-env NAME, and what carries it with --auth
                    Host: secret       | --header Host can't be set: the transport sets it
                    X-Team: ${NONE}    | --header X-Team: the variable NONE is not set
                    X-Team: ${EMPTY}   | --header X-Team: the variable EMPTY is not set
                    X-Team: ${BROKEN}  | --header X-Team: its value has a character that a header can't carry
                    X-Team: é          | --header X-Team: its value has a character that a header can't carry
                    """)
    void saysWhatIsWrongAndNeverTheValue(String header, String message) {
        assertThatThrownBy(() -> HeaderText.parse("--header", List.of(header), ENVIRONMENT::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void refusesAHeaderTwice() {
        assertThatThrownBy(() -> HeaderText.parse("--header", List.of("X-A: 1", "x-a: 2"), ENVIRONMENT::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--header x-a is there twice");
    }
}
