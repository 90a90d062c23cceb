package io.inferometer.endpoint.nio;

import io.inferometer.endpoint.Breakage;
import io.inferometer.endpoint.Breakage.Kind;
import io.inferometer.endpoint.ResponseHeaders;
import java.nio.ByteBuffer;

/**
 * Finds the body of a response to a GET or a POST among its bytes, by RFC 9112: the same bytes give the same body however
 * they are split.
 *
 * <p>It is strict where two readers could understand different things, and everything it keeps has a bound. The bytes of
 * the body are handed on where they lie. Interim responses are read and dropped. Used by one thread at a time.
 */
final class ResponseParser {
    /** Where a response goes. */
    interface Sink {
        /** The status and the headers, which are good for the time of the call. */
        void head(int status, ResponseHeaders headers);

        /** The next bytes of the body, from position to limit; good for the time of the call. */
        void body(ByteBuffer bytes);
    }

    /** The longest line that tells the size of a chunk, its extensions included. */
    static final int LONGEST_SIZE_LINE = 1024;

    /** The most bytes behind the last chunk. */
    static final int MOST_TRAILER_BYTES = 16 << 10;

    private static final int MOST_SIZE_DIGITS = 15;

    private enum State {
        HEAD,
        FIXED,
        TO_CLOSE,
        SIZE,
        EXTENSION,
        SIZE_END,
        CHUNK,
        CHUNK_RETURN,
        CHUNK_END,
        TRAILER,
        DONE
    }

    private final Sink sink;
    private final ResponseHead head = new ResponseHead();
    private State state = State.HEAD;
    private boolean begun;
    private boolean keepAlive;
    /** The bytes of the body, or of the chunk, that are still to come. */
    private long left;
    /** The digits of a chunk's size so far. */
    private int digits;
    /** The bytes of the size line, or of the trailer, so far. */
    private int lineBytes;

    private boolean blankLine;

    ResponseParser(Sink sink) {
        this.sink = sink;
    }

    /** Starts over, for the next response of the connection. */
    void reset() {
        head.clear();
        state = State.HEAD;
        begun = false;
        keepAlive = false;
    }

    /**
     * Takes bytes up to the end of the response.
     *
     * @return whether that was reached; bytes behind it are left in the buffer
     * @throws BrokenResponse if it is malformed; the parser is then of no more use for this response
     */
    boolean feed(ByteBuffer in) throws BrokenResponse {
        begun |= in.hasRemaining();
        while (in.hasRemaining() && state != State.DONE) {
            switch (state) {
                case HEAD -> {
                    if (head.feed(in)) {
                        headed();
                    }
                }
                case TO_CLOSE -> hand(in, in.remaining());
                case FIXED, CHUNK -> part(in);
                default -> framing(in.get());
            }
        }
        return state == State.DONE;
    }

    /** How far the response has come. */
    Breakage.Stage stage() {
        if (state != State.HEAD) {
            return Breakage.Stage.BODY;
        }
        return begun ? Breakage.Stage.HEADERS : Breakage.Stage.AWAITED;
    }

    /** Whether the response's end is the connection's, so that a close now is no failure. */
    boolean endsWithConnection() {
        return state == State.TO_CLOSE;
    }

    /** Whether the connection may carry another request after this response. */
    boolean keepAlive() {
        return keepAlive;
    }

    private void headed() throws BrokenResponse {
        int status = head.status();
        if (status == 101) {
            throw new BrokenResponse(Kind.MALFORMED, "it switches to another protocol, which was not asked for");
        }
        if (status < 200) {
            head.clear();
            return;
        }
        state = framing(status);
        keepAlive = state != State.TO_CLOSE && staysOpen();
        sink.head(status, head);
    }

    /** RFC 9112, section 6.3. */
    private State framing(int status) throws BrokenResponse {
        int coding = head.find("transfer-encoding", 0);
        int fixed = head.find("content-length", 0);
        if (coding >= 0 && fixed >= 0) {
            throw new BrokenResponse(Kind.MALFORMED, "it has both a Transfer-Encoding and a Content-Length");
        }
        if (status == 204 || status == 304) {
            return State.DONE;
        }
        if (coding >= 0) {
            String name = head.valueAt(coding);
            if (!name.equalsIgnoreCase("chunked") || head.find("transfer-encoding", coding + 1) >= 0 || head.http10()) {
                throw new BrokenResponse(
                        Kind.MALFORMED, "its Transfer-Encoding is not just chunked, of HTTP/1.1: " + name);
            }
            sizeLine();
            return State.SIZE;
        }
        if (fixed < 0) {
            return State.TO_CLOSE;
        }
        left = contentLength(fixed);
        return left == 0 ? State.DONE : State.FIXED;
    }

    private long contentLength(int first) throws BrokenResponse {
        String text = head.valueAt(first);
        for (int i = head.find("content-length", first + 1); i >= 0; i = head.find("content-length", i + 1)) {
            if (!head.valueAt(i).equals(text)) {
                throw new BrokenResponse(
                        Kind.MALFORMED, "it has two Content-Lengths that differ: " + text + " and " + head.valueAt(i));
            }
        }
        boolean number = !text.isEmpty() && text.length() <= 18;
        for (int i = 0; number && i < text.length(); i++) {
            number = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!number) {
            throw new BrokenResponse(Kind.MALFORMED, "its Content-Length is no length: " + text);
        }
        return Long.parseLong(text);
    }

    private boolean staysOpen() {
        boolean stays = !head.http10();
        for (int i = head.find("connection", 0); i >= 0; i = head.find("connection", i + 1)) {
            for (String option : head.valueAt(i).split(",")) {
                if (option.strip().equalsIgnoreCase("close")) {
                    return false;
                }
                stays |= option.strip().equalsIgnoreCase("keep-alive");
            }
        }
        return stays;
    }

    private void part(ByteBuffer in) {
        int count = (int) Math.min(left, in.remaining());
        hand(in, count);
        left -= count;
        if (left == 0) {
            state = state == State.CHUNK ? State.CHUNK_RETURN : State.DONE;
        }
    }

    private void hand(ByteBuffer in, int count) {
        int end = in.position() + count;
        int limit = in.limit();
        in.limit(end);
        sink.body(in);
        in.limit(limit);
        in.position(end);
    }

    /** RFC 9112, section 7.1. */
    private void framing(byte b) throws BrokenResponse {
        switch (state) {
            case SIZE -> size(b);
            case EXTENSION -> {
                countSizeLine();
                if (b == '\r') {
                    state = State.SIZE_END;
                } else if (b == '\n') {
                    throw new BrokenResponse(
                            Kind.MALFORMED_CHUNKS, "the line of a chunk size does not end with CR and LF");
                }
            }
            case SIZE_END -> {
                expect(b, '\n', "the line of a chunk size does not end with CR and LF");
                state = left == 0 ? State.TRAILER : State.CHUNK;
                lineBytes = 0;
                blankLine = true;
            }
            case CHUNK_RETURN -> {
                expect(b, '\r', "a chunk does not end with CR and LF where its size says");
                state = State.CHUNK_END;
            }
            case CHUNK_END -> {
                expect(b, '\n', "a chunk does not end with CR and LF where its size says");
                sizeLine();
                state = State.SIZE;
            }
            default -> trailer(b);
        }
    }

    private void sizeLine() {
        left = 0;
        digits = 0;
        lineBytes = 0;
    }

    private void size(byte b) throws BrokenResponse {
        int digit = Character.digit(b, 16);
        if (digit >= 0 && digits < MOST_SIZE_DIGITS) {
            left = left * 16 + digit;
            digits++;
            lineBytes++;
        } else if (digits == 0 || digit >= 0 || b != '\r' && b != ';' && b != ' ' && b != '\t') {
            throw new BrokenResponse(
                    Kind.MALFORMED_CHUNKS,
                    "a chunk size is no hexadecimal number of at most " + MOST_SIZE_DIGITS + " digits: "
                            + (digit >= 0 ? "one more digit" : "byte " + (b & 0xff)));
        } else {
            state = b == '\r' ? State.SIZE_END : State.EXTENSION;
        }
    }

    private void countSizeLine() throws BrokenResponse {
        if (++lineBytes > LONGEST_SIZE_LINE) {
            throw new BrokenResponse(
                    Kind.MALFORMED_CHUNKS, "the line of a chunk size is longer than " + LONGEST_SIZE_LINE + " bytes");
        }
    }

    /** The fields behind the last chunk tell nothing that is asked for. */
    private void trailer(byte b) throws BrokenResponse {
        if (++lineBytes > MOST_TRAILER_BYTES) {
            throw new BrokenResponse(Kind.OTHER, "its trailer is longer than " + MOST_TRAILER_BYTES + " bytes");
        }
        if (b == '\n') {
            if (blankLine) {
                state = State.DONE;
            }
            blankLine = true;
        } else if (b != '\r') {
            blankLine = false;
        }
    }

    private static void expect(byte b, char expected, String otherwise) throws BrokenResponse {
        if (b != expected) {
            throw new BrokenResponse(Kind.MALFORMED_CHUNKS, otherwise);
        }
    }
}
