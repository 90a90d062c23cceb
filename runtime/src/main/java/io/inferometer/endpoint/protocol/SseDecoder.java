package io.inferometer.endpoint.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Decodes a stream of server-sent events, by the letter of the HTML standard (section 9.2.6, interpreting an event
 * stream): the same bytes give the same events however they are split.
 *
 * <p>Only the data of an event is handed on, as a range of the decoder's own buffer that is good for the time of the
 * call. The buffer grows to the longest event and its parts are not copied out. Used by one thread at a time.
 */
public final class SseDecoder {
    /** Where the data of events goes. */
    public interface Sink {
        /** The data of one event: the bytes of {@code buffer} from {@code from} to before {@code to}. */
        void event(byte[] buffer, int from, int to);

        /** What an event that is named error says, in its data or in a comment, or what a field named error says. */
        default void error(byte[] buffer, int from, int to) {
            event(buffer, from, to);
        }

        /** A line that is no field of an event. */
        default void stray(byte[] buffer, int from, int to) {}
    }

    private static final int LONGEST_DONE = 20;
    private static final int FIRST_BUFFER = 2048;
    private static final byte[] EVENT = "event:".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern DONE = Pattern.compile("\\s*\"?\\[?DONE]?\"?\\s*", Pattern.CASE_INSENSITIVE);
    private static final byte[] ID = "id".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RETRY = "retry".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR_FIELD = "error:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "error".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EXCEPTION = "exception".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);

    private final Sink sink;
    private final int longestEvent;

    private byte[] buffer = new byte[FIRST_BUFFER];
    private int limit;
    /** Where the line that is being read starts, and how far it was searched for its end. */
    private int line;

    private int searched;
    /** The data of the event that is being read; it ends before {@code line}. */
    private int dataFrom;

    private int dataTo;
    private boolean hasData;
    /** The event has a field other than its data that may matter: a name, a comment, an error. */
    private boolean odd;

    private final EventName name = new EventName();
    private boolean named;
    private boolean error;
    /** The last comment within the event, which matters only where it has no data. */
    private int commentFrom;

    private int commentTo;
    private boolean firstLine = true;
    private boolean skipLineFeed;

    /**
     * A decoder at the start of a stream.
     *
     * @param longestEvent the bytes that an event, or a line, may have
     */
    public SseDecoder(Sink sink, int longestEvent) {
        this.sink = sink;
        this.longestEvent = longestEvent;
    }

    /**
     * Takes the next bytes of the stream and hands on the events that they complete.
     *
     * @return false if an event is longer than allowed; the decoder is then of no more use
     */
    public boolean feed(ByteBuffer bytes) {
        int count = bytes.remaining();
        if (!makeRoom(count)) {
            return false;
        }
        bytes.get(buffer, limit, count);
        limit += count;
        decodeLines();
        return true;
    }

    /** The stream has ended: hands on what its last lines say, though no blank line follows them. */
    public void end() {
        if (line < limit) {
            takeLine(line, limit);
            line = limit;
        }
        dispatch();
    }

    /** The name of the event that is handed on, good for the time of the call. */
    public EventName name() {
        return name;
    }

    /** Whether the event that is handed on has a name of its own, so that its data may be of any kind. */
    public boolean named() {
        return named;
    }

    /** Whether data says that the stream is over: {@code [DONE]}, with or without spaces around it. */
    public static boolean isDone(byte[] b, int from, int to) {
        int end = to;
        while (end > from && b[end - 1] == ' ') {
            end--;
        }
        return end - from == 6
                && b[from] == '['
                && b[from + 1] == 'D'
                && b[from + 2] == 'O'
                && b[from + 3] == 'N'
                && b[from + 4] == 'E'
                && b[from + 5] == ']';
    }

    /** Whether it says so in another spelling: without brackets, in quotes, in small letters. */
    public static boolean isLikeDone(byte[] b, int from, int to) {
        return to - from < LONGEST_DONE
                && DONE.matcher(new String(b, from, to - from, StandardCharsets.UTF_8))
                        .matches();
    }

    private void decodeLines() {
        while (true) {
            int end = ByteSearch.lineEnd(buffer, searched, limit);
            if (end == limit) {
                searched = limit;
                return;
            }
            boolean carriageReturn = buffer[end] == '\r';
            if (skipLineFeed && end == line && !carriageReturn) {
                skipLineFeed = false;
            } else {
                takeLine(line, end);
                skipLineFeed = carriageReturn;
            }
            line = end + 1;
            searched = line;
        }
    }

    private void takeLine(int lineStart, int end) {
        int start = lineStart;
        if (firstLine) {
            firstLine = false;
            if (end - start >= 3
                    && buffer[start] == (byte) 0xEF
                    && buffer[start + 1] == (byte) 0xBB
                    && buffer[start + 2] == (byte) 0xBF) {
                start += 3;
            }
        }
        if (start == end) {
            dispatch();
        } else if (startsWithData(start, end)) {
            takeData(valueFrom(start + 5, end), end);
        } else if (end - start == 4 && isData(start)) {
            takeData(end, end);
        } else {
            takeOther(start, end);
        }
    }

    /** Takes a comment, the event's name, or an error; other fields are of no interest. */
    private void takeOther(int start, int end) {
        if (buffer[start] == ':') {
            odd = true;
            commentFrom = valueFrom(start + 1, end);
            commentTo = end;
        } else if (startsWith(EVENT, start, end)) {
            odd = true;
            int from = valueFrom(start + EVENT.length, end);
            name.set(buffer, from, end);
            named = from < end && !is(MESSAGE, from, end);
            error |= isWord(ERROR, from, end) || isWord(EXCEPTION, from, end);
        } else if (startsWith(ERROR_FIELD, start, end)) {
            odd = true;
            error = true;
            takeData(valueFrom(start + ERROR_FIELD.length, end), end);
        } else if (!startsWith(ID, start, end) && !startsWith(RETRY, start, end)) {
            sink.stray(buffer, start, end);
        }
    }

    private boolean startsWith(byte[] name, int start, int end) {
        return end - start >= name.length && is(name, start, start + name.length);
    }

    private boolean is(byte[] text, int from, int to) {
        return Arrays.equals(buffer, from, to, text, 0, text.length);
    }

    /** Whether it is this word of small letters, whatever the case. */
    private boolean isWord(byte[] word, int from, int end) {
        boolean same = end - from == word.length;
        for (int i = 0; same && i < word.length; i++) {
            same = (buffer[from + i] | 0x20) == word[i];
        }
        return same;
    }

    private int valueFrom(int from, int end) {
        return from < end && buffer[from] == ' ' ? from + 1 : from;
    }

    private boolean startsWithData(int start, int end) {
        return end - start >= 5 && buffer[start + 4] == ':' && isData(start);
    }

    private boolean isData(int start) {
        byte[] b = buffer;
        return b[start] == 'd' && b[start + 1] == 'a' && b[start + 2] == 't' && b[start + 3] == 'a';
    }

    private void takeData(int from, int to) {
        if (!hasData) {
            hasData = true;
            dataFrom = from;
            dataTo = to;
        } else {
            // The name of the field, and more, stands between the end of the data and here, so there is room.
            buffer[dataTo++] = '\n';
            System.arraycopy(buffer, from, buffer, dataTo, to - from);
            dataTo += to - from;
        }
    }

    private void dispatch() {
        if (odd) {
            dispatchOdd();
        } else if (hasData) {
            hasData = false;
            sink.event(buffer, dataFrom, dataTo);
        }
    }

    private void dispatchOdd() {
        boolean data = hasData;
        hasData = false;
        if (error) {
            sink.error(buffer, data ? dataFrom : commentFrom, data ? dataTo : commentTo);
        } else if (data) {
            sink.event(buffer, dataFrom, dataTo);
        }
        odd = false;
        name.clear();
        named = false;
        error = false;
        commentFrom = 0;
        commentTo = 0;
    }

    private boolean makeRoom(int count) {
        if (limit + count <= buffer.length) {
            return true;
        }
        int keepFrom = hasData ? dataFrom : commentTo > 0 ? commentFrom : line;
        int kept = limit - keepFrom;
        if (kept + count > buffer.length) {
            if (kept > longestEvent) {
                return false;
            }
            int length = Math.max(kept + count, (int) Math.min(2L * buffer.length, longestEvent));
            byte[] larger = new byte[length];
            System.arraycopy(buffer, keepFrom, larger, 0, kept);
            buffer = larger;
        } else {
            System.arraycopy(buffer, keepFrom, buffer, 0, kept);
        }
        line -= keepFrom;
        searched -= keepFrom;
        dataFrom -= keepFrom;
        dataTo -= keepFrom;
        if (commentTo > 0) {
            commentFrom -= keepFrom;
            commentTo -= keepFrom;
        }
        limit = kept;
        return true;
    }
}
