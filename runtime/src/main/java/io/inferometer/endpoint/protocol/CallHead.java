package io.inferometer.endpoint.protocol;

/** What an object says of the call of a tool that it is, or is a piece of: looked for ahead of walking over it. */
final class CallHead {
    private static final byte[] ID = LayoutScanner.ascii("id");
    private static final byte[] CALL_ID = LayoutScanner.ascii("call_id");
    private static final byte[] INDEX = LayoutScanner.ascii("index");
    private static final byte[] OUTPUT_INDEX = LayoutScanner.ascii("output_index");
    private static final byte[] CUSTOM = LayoutScanner.ascii("custom");
    private static final byte[] FUNCTION_CALL = LayoutScanner.ascii("function_call");
    private static final byte[] TOOL_USE = LayoutScanner.ascii("tool_use");

    private String id;
    private String callId;
    private long index;
    private boolean custom;
    private boolean call;

    /** Looks at the object ahead, and stays before it. */
    void look(JsonCursor json) {
        id = "";
        callId = "";
        index = -1;
        custom = false;
        call = false;
        int place = json.here();
        if (json.enterObject()) {
            while (json.nextKey()) {
                field(json);
            }
        }
        json.back(place);
    }

    private void field(JsonCursor json) {
        if (json.keyIs(INDEX) || json.keyIs(OUTPUT_INDEX)) {
            index = json.number() ? json.value() : -1;
        } else if (json.keyIs(ID)) {
            id = json.text();
        } else if (json.keyIs(CALL_ID)) {
            callId = json.text();
        } else if (json.keyIs(LayoutScanner.TYPE) && json.isString()) {
            json.string();
            custom |= json.keyIs(CUSTOM);
            call |= json.keyIs(FUNCTION_CALL) || json.keyIs(TOOL_USE);
        } else {
            custom |= json.keyIs(CUSTOM);
            json.skip();
        }
    }

    /** Its {@code id}, as it stood in JSON; empty where it tells none. */
    String id() {
        return id;
    }

    /** Its {@code call_id}, which responses have beside it. */
    String callId() {
        return callId;
    }

    /** Its place among others; -1 where it tells none. */
    long index() {
        return index;
    }

    /** Whether it is of a tool whose input is free text. */
    boolean custom() {
        return custom;
    }

    /** Whether its type is that of a call which the client is to make. */
    boolean call() {
        return call;
    }
}
