package io.inferometer.endpoint.protocol;

import io.inferometer.record.RequestTimeline;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the scanners of protocols do alike whose events say of what type they are: by the {@code type} of their JSON, or, where
 * that has none, by the name of the server-sent event. A type that is not known is tolerated and counted.
 */
abstract sealed class TypedScanner extends LayoutScanner permits ResponsesScanner, MessagesScanner {
    private static final int LONGEST_TYPE = 80;

    private EventName name = new EventName();
    private byte[] typeBytes;
    private int typeFrom;
    private int typeTo;
    /** Whether any event was of a type of the protocol. */
    private boolean known;

    /** Whether the event at hand is of a type that is not known. */
    private boolean strange;

    private boolean over;

    @Override
    public final void names(EventName current) {
        name = current;
    }

    @Override
    public final boolean over() {
        return over;
    }

    /** The event at hand is the protocol's last one. */
    final void last() {
        over = true;
    }

    @Override
    public final String foreign(RequestTimeline into) {
        return known ? "" : "none of them of the " + protocol() + " protocol";
    }

    /** What the protocol is called. */
    abstract String protocol();

    /** Finds the type of the event ahead, and stays before it. */
    private void findType() {
        int place = json.here();
        typeBytes = name.bytes();
        typeFrom = 0;
        typeTo = name.length();
        boolean told = false;
        json.enterObject();
        while (!told && json.nextKey()) {
            if (json.keyIs(TYPE) && json.isString()) {
                json.string();
                typeBytes = json.bytes();
                typeFrom = json.rangeFrom();
                typeTo = json.rangeTo();
                told = true;
            } else {
                json.skip();
            }
        }
        json.back(place);
        // Another event may have the same bytes and another name.
        unlike |= !told;
    }

    @Override
    final void event() {
        findType();
        error |= typeIs(ERROR_KEY);
        strange = !own();
        known |= !strange;
        if (strange) {
            int start = json.here();
            skim();
            error |= ErrorBody.isError(json.bytes(), start, json.here());
        } else {
            read();
        }
    }

    /** Walks over the object of an event that carries nothing. */
    final void skim() {
        unlike = true;
        json.enterObject();
        while (json.nextKey()) {
            other();
        }
    }

    @Override
    final void walked() {
        if (strange) {
            timeline.unknownEvent(typeName());
        }
    }

    private String typeName() {
        int length = Math.min(typeTo - typeFrom, LONGEST_TYPE);
        String type = ErrorBody.line(new String(typeBytes, typeFrom, length, StandardCharsets.UTF_8));
        return type.isEmpty() ? "(no type)" : type;
    }

    /** A frame that is no JSON is of no harm where it is of no type of this protocol. */
    @Override
    public final boolean tolerates(boolean named) {
        typeBytes = name.bytes();
        typeFrom = 0;
        typeTo = name.length();
        if (!named || own()) {
            return false;
        }
        timeline.unknownEvent(typeName());
        return true;
    }

    /** Whether the type at hand is one of the protocol's. */
    abstract boolean own();

    /** Walks over the object of an event of such a type. */
    abstract void read();

    final boolean typeIs(byte[] type) {
        return Arrays.equals(typeBytes, typeFrom, typeTo, type, 0, type.length);
    }

    final boolean typeBegins(byte[] beginning) {
        return typeTo - typeFrom > beginning.length
                && Arrays.equals(typeBytes, typeFrom, typeFrom + beginning.length, beginning, 0, beginning.length);
    }
}
