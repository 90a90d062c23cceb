package io.inferometer.record.answer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The calls of tools of one answer as they come in, in pieces: names and arguments as they stood between the quotes of JSON
 * strings. Pieces belong to the call that was {@linkplain #at begun} or {@linkplain #resume resumed} last.
 *
 * <p>Written by one thread at a time.
 */
public final class AnswerCalls {
    /** Keeps none: where nobody goes on with an answer, its text is enough. */
    public static final AnswerCalls NONE = new AnswerCalls(0);

    /** Of an answer with more, these are kept. */
    private static final int MOST = 1_024;

    private static final int SMALLEST_GROWTH = 256;
    private static final int EMPTY_OBJECT = 2;
    private static final byte[] NO_TEXT = new byte[0];

    private final int most;
    private final List<Call> calls = new ArrayList<>();
    private Call current;

    private static final class Call {
        private final long key;
        private String id;
        private byte[] name = NO_TEXT;
        private byte[] arguments = NO_TEXT;
        private int length;
        /** Whether the arguments are JSON, and no text of a string. */
        private boolean json;

        Call(long key, String id) {
            this.key = key;
            this.id = id;
        }

        void append(byte[] from, int start, int count) {
            if (length + count > arguments.length) {
                arguments = Arrays.copyOf(
                        arguments, Math.max(arguments.length * 2, Math.max(SMALLEST_GROWTH, length + count)));
            }
            System.arraycopy(from, start, arguments, length, count);
            length += count;
        }

        ToolCall done() {
            String text = new String(arguments, 0, length, StandardCharsets.UTF_8);
            return new ToolCall(
                    JsonText.unescape(id),
                    JsonText.unescape(new String(name, StandardCharsets.UTF_8)),
                    json ? text : JsonText.unescape(text));
        }
    }

    private AnswerCalls(int most) {
        this.most = most;
    }

    /** Keeps calls. */
    public static AnswerCalls kept() {
        return new AnswerCalls(MOST);
    }

    /** Whether it keeps any. */
    public boolean keeps() {
        return most > 0;
    }

    /**
     * Goes on with the call of a key, or begins it; an id of its own begins another one of the same key, as some endpoints
     * have one key for all. False where no more are kept.
     *
     * @param key what tells the answer's calls apart while they come
     * @param id as it stood in JSON; empty where this piece tells none
     */
    public boolean at(long key, String id) {
        if (!resume(key) || (!id.isEmpty() && !current.id.isEmpty() && !current.id.equals(id))) {
            begin(key, id);
        } else if (current.id.isEmpty()) {
            current.id = id;
        }
        return current != null;
    }

    private void begin(long key, String id) {
        current = calls.size() < most ? new Call(key, id) : null;
        if (current != null) {
            calls.add(current);
        }
    }

    /** Goes on with the call of a key; whether there is one. */
    public boolean resume(long key) {
        if (most == 0) {
            return false;
        }
        current = null;
        for (int i = calls.size() - 1; i >= 0 && current == null; i--) {
            current = calls.get(i).key == key ? calls.get(i) : null;
        }
        return current != null;
    }

    /** A piece of its name. One that is told again is no more of it; another one, behind arguments, is that of another call. */
    public void name(byte[] from, int start, int end) {
        if (current == null || Arrays.equals(current.name, 0, current.name.length, from, start, end)) {
            return;
        }
        if (current.length > 0 && current.name.length > 0) {
            begin(current.key, "");
        }
        if (current != null) {
            int before = current.name.length;
            current.name = Arrays.copyOf(current.name, before + end - start);
            System.arraycopy(from, start, current.name, before, end - start);
        }
    }

    /** A piece of its arguments. What stood in their place before, an empty object, is none of them. */
    public void arguments(byte[] from, int start, int end) {
        if (current != null) {
            forgetJson();
            current.append(from, start, end - start);
        }
    }

    /** Its arguments as JSON, and not as the text of a string. */
    public void json(byte[] from, int start, int end) {
        if (current != null && (current.length == 0 || end - start > EMPTY_OBJECT)) {
            current.json = true;
            current.append(from, start, end - start);
        }
    }

    private void forgetJson() {
        if (current.json && current.length <= EMPTY_OBJECT) {
            current.json = false;
            current.length = 0;
        }
    }

    /** How much of the heap it takes, about. */
    public int heldBytes() {
        int bytes = 0;
        for (Call call : calls) {
            bytes += call.name.length + call.arguments.length + call.id.length();
        }
        return bytes;
    }

    /** The calls so far, in the order in which they began. */
    public List<ToolCall> list() {
        return calls.stream().map(Call::done).toList();
    }

    /** Forgets them, so that a benchmark can begin again. */
    public void clear() {
        calls.clear();
        current = null;
    }
}
