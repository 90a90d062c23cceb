package io.inferometer.endpoint.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferometer.endpoint.ResponseHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** What a parser has handed on, as text. */
    private static final class Seen implements ResponseParser.Sink {
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder body = new StringBuilder();

        @Override
        public void head(int status, ResponseHeaders headers) {
            text.append(status)
                    .append(' ')
                    .append(headers.value("content-type"))
                    .append('\n');
        }

        @Override
        public void body(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                body.append((char) bytes.get());
            }
        }

        @Override
        public String toString() {
            return text.toString() + body;
        }
    }

    private final Seen seen = new Seen();
    private final ResponseParser parser = new ResponseParser(seen);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\ncontent-TYPE:a/b \r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n",
                "HTTP/1.1 200\r\nContent-Type:\ta/b\r\nTransfer-Encoding: Chunked\r\n\r\n0005 \r\nhello\r\n000\r\nX: y\r\nZ: a\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Type: a/b\nContent-Length: 5\nContent-Length: 5\n\nhello",
                "HTTP/1.1 200 OK\r\nContent-Type:\r\n a/b\r\n \r\nContent-Length: \r\n\t\r\n\t5 \r\n\r\nhello",
                "HTTP/1.1 102 Wait\r\nX: y\r\n\r\nHTTP/1.1 100 Go\r\n\r\n"
                        + "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 5\r\n\r\nhello"
            })
    void theSameBytesGiveTheSameBodyHoweverTheyAreSplit(String response) throws Exception {
        byte[] bytes = bytes(response);
        String expected = "200 a/b\nhello";

        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                Seen pieces = new Seen();
                ResponseParser split = new ResponseParser(pieces);

                split.feed(ByteBuffer.wrap(bytes, 0, first));
                split.feed(ByteBuffer.wrap(bytes, first, second - first));
                boolean done = split.feed(ByteBuffer.wrap(bytes, second, bytes.length - second));

                assertThat(done).isTrue();
                assertThat(pieces).hasToString(expected);
                assertThat(split.keepAlive()).isTrue();
            }
        }
    }

    @Test
    void whatFollowsTheResponseIsLeftInTheBuffer() throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(CHUNKED + "1\r\na\r\n0\r\n\r\nHTTP/1.1"));

        boolean done = parser.feed(bytes);

        assertThat(done).isTrue();
        assertThat(bytes.remaining()).isEqualTo(8);
    }

    @Test
    void aParserStartsOverForTheNextResponse() throws Exception {
        parser.feed(ByteBuffer.wrap(bytes("HTTP/1.0 404 No\r\nContent-Type: x/y\r\nContent-Length: 0\r\n\r\n")));
        assertThat(parser.keepAlive()).isFalse();

        parser.reset();
        boolean done = parser.feed(ByteBuffer.wrap(bytes(CHUNKED + "1\r\na\r\n0\r\n\r\n")));

        assertThat(done).isTrue();
        assertThat(parser.keepAlive()).isTrue();
        assertThat(seen).hasToString("404 x/y\n200 \na");
    }

    @Test
    void aBodyWithoutALengthEndsWithTheConnection() throws Exception {
        boolean done = feed("HTTP/1.1 200 OK\r\n\r\nhello");

        assertThat(done).isFalse();
        assertThat(parser.endsWithConnection()).isTrue();
        assertThat(parser.keepAlive()).isFalse();
        assertThat(seen).hasToString("200 \nhello");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void someStatusesHaveNoBody(int status) throws Exception {
        assertThat(feed("HTTP/1.1 " + status + " X\r\n\r\n")).isTrue();
        assertThat(parser.keepAlive()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1, keep-alive, true",
        "HTTP/1.1, 'x, Close', false",
        "HTTP/1.1, 'keep-alive, close', false",
        "HTTP/1.1, x, true",
        "HTTP/1.0, x, false",
        "HTTP/1.0, Keep-Alive, true"
    })
    void theConnectionStaysOpenAsTheResponseSays(String version, String connection, boolean stays) throws Exception {
        feed(version + " 200 OK\r\nConnection: " + connection + "\r\nContent-Length: 0\r\n\r\n");

        assertThat(parser.keepAlive()).isEqualTo(stays);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SSH-2.0-x | Invalid status line: \"SSH-2.0-x\"",
                "HTTP/2 200 | Invalid status line: \"HTTP/2 200\"",
                "HTTP/1.2 200 OK | Invalid status line: \"HTTP/1.2 200 OK\"",
                "HTTP/1.1 20x OK | Invalid status line: \"HTTP/1.1 20x OK\"",
                "HTTP/1.1 099 OK | Invalid status line: \"HTTP/1.1 099 OK\"",
                "HTTP/1.1 2000 | Invalid status line: \"HTTP/1.1 2000\"",
                "HTTP/1.1 101 X;;: | it switches to another protocol, which was not asked for",
                "HTTP/1.1 200 X;no colon | a line of its headers is no header: no colon",
                "HTTP/1.1 200 X;a : b | a line of its headers is no header: a : b",
                "HTTP/1.1 200 X;: b | a line of its headers is no header: : b",
                "HTTP/1.1 200 X; c | a line of its headers is no header:  c",
                "HTTP/1.1 200 X;a: b; c\u0001 | a control character is in its header  c\u0001",
                "HTTP/1.1 200 X;a: b\u0001 | a control character is in its header a: b\u0001",
                "HTTP/1.1 200 X;Content-Length: 5;Transfer-Encoding: chunked;;"
                        + " | it has both a Transfer-Encoding and a Content-Length",
                "HTTP/1.1 200 X;Content-Length: 5;Content-Length: 6;;"
                        + " | it has two Content-Lengths that differ: 5 and 6",
                "HTTP/1.1 200 X;Content-Length: -5;; | its Content-Length is no length: -5",
                "HTTP/1.1 200 X;Content-Length: 1234567890123456789;;"
                        + " | its Content-Length is no length: 1234567890123456789",
                "HTTP/1.1 200 X;Content-Length:;; | its Content-Length is no length: ",
                "HTTP/1.1 200 X;Transfer-Encoding: gzip, chunked;;"
                        + " | its Transfer-Encoding is not just chunked, of HTTP/1.1: gzip, chunked",
                "HTTP/1.1 200 X;Transfer-Encoding: chunked;Transfer-Encoding: chunked;;"
                        + " | its Transfer-Encoding is not just chunked, of HTTP/1.1: chunked",
                "HTTP/1.0 200 X;Transfer-Encoding: chunked;;"
                        + " | its Transfer-Encoding is not just chunked, of HTTP/1.1: chunked",
            },
            ignoreLeadingAndTrailingWhitespace = false)
    void aMalformedHeadIsRefused(String head, String message) {
        String lines =
                head.substring(0, head.length() - 1).replace(":;;", ":\r\n\r\n").replace(";", "\r\n") + "\r\n";

        assertThatThrownBy(() -> feed(lines)).isInstanceOf(BrokenResponse.class).hasMessage(message.substring(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "x|a chunk size is no hexadecimal number of at most 15 digits: byte 120",
                "-1|a chunk size is no hexadecimal number of at most 15 digits: byte 45",
                " 1|a chunk size is no hexadecimal number of at most 15 digits: byte 32",
                "1234567890123456|a chunk size is no hexadecimal number of at most 15 digits: one more digit",
                "1;x;|the line of a chunk size does not end with CR and LF",
                "1~x|the line of a chunk size does not end with CR and LF",
                "1~;abc|a chunk does not end with CR and LF where its size says",
                "1~;a~x|a chunk does not end with CR and LF where its size says",
            })
    void malformedChunksAreRefused(String chunks, String message) {
        assertThatThrownBy(() -> feed(CHUNKED
                        + chunks.replace("1;x;", "1 x\n").replace('~', '\r').replace(';', '\n')))
                .isInstanceOf(BrokenResponse.class)
                .hasMessage(message);
    }

    @Test
    void everythingThatIsKeptHasABound() throws Exception {
        assertThatThrownBy(() -> feed("HTTP/1.1 200 OK\r\nX: " + "y".repeat(ResponseHead.MOST_BYTES)))
                .hasMessage("393216");

        parser.reset();
        assertThatThrownBy(() -> feed("HTTP/1.1 200 OK\r\n" + "X:\r\n".repeat(ResponseHead.MOST_BYTES)))
                .hasMessage("393216");

        parser.reset();
        assertThatThrownBy(() -> feed(CHUNKED + "1;" + "x".repeat(ResponseParser.LONGEST_SIZE_LINE)))
                .hasMessage("the line of a chunk size is longer than 1024 bytes");

        parser.reset();
        assertThatThrownBy(() -> feed(CHUNKED + "0\r\n" + "X: y\r\n".repeat(ResponseParser.MOST_TRAILER_BYTES)))
                .hasMessage("its trailer is longer than 16384 bytes");
    }

    @Test
    void anyBytesGiveABodyOrTheOneException() {
        Random random = new Random(5);
        String[] words = {
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.0 ",
            "Content-Length: 3",
            "Transfer-Encoding: chunked",
            "\r\n",
            "\n",
            "\r",
            "3",
            "0",
            ":",
            ";",
            "abc",
            "Connection: close",
            "\u0000",
            "\u00e9",
            " "
        };
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "" : words[0]);
            for (int n = random.nextInt(20); n >= 0; n--) {
                text.append(words[random.nextInt(words.length)]);
            }
            parser.reset();
            try {
                feed(text.toString());
            } catch (BrokenResponse e) {
                assertThat(e).hasMessageMatching("(?s)(its|it|a|the|Invalid|Header) .*");
            }
        }
    }

    private boolean feed(String text) throws BrokenResponse {
        return parser.feed(ByteBuffer.wrap(bytes(text)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
