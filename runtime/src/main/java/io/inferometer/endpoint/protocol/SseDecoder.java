package io.inferometer.endpoint.protocol;

import java.nio.ByteBuffer;

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
    }

    private static final int FIRST_BUFFER = 2048;

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

    /** Whether the bytes since the last whole event are a line {@code data: [DONE]} that the stream's end cut off. */
    public boolean endsWithDone() {
        if (hasData) {
            return isDone(buffer, dataFrom, dataTo);
        }
        int from = line;
        if (!startsWithData(from, limit)) {
            return false;
        }
        from += 5;
        return isDone(buffer, from < limit && buffer[from] == ' ' ? from + 1 : from, limit);
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
            int from = start + 5;
            takeData(from < end && buffer[from] == ' ' ? from + 1 : from, end);
        } else if (end - start == 4 && isData(start)) {
            takeData(end, end);
        }
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
        if (hasData) {
            hasData = false;
            sink.event(buffer, dataFrom, dataTo);
        }
    }

    private boolean makeRoom(int count) {
        if (limit + count <= buffer.length) {
            return true;
        }
        int keepFrom = hasData ? dataFrom : line;
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
        limit = kept;
        return true;
    }
}
