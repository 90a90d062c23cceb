package io.inferometer.endpoint.protocol;

import io.inferometer.record.Carried;

/** The events of OpenAI's responses that a benchmark needs something of. */
enum ResponsesEvent {
    TEXT("response.output_text.delta", Kind.DELTA, Carried.CONTENT, "delta"),
    REASONING("response.reasoning_text.delta", Kind.DELTA, Carried.REASONING, "delta"),
    SUMMARY("response.reasoning_summary_text.delta", Kind.DELTA, Carried.REASONING, "delta"),
    ARGUMENTS("response.function_call_arguments.delta", Kind.DELTA, Carried.TOOL, "delta"),
    CUSTOM_INPUT("response.custom_tool_call_input.delta", Kind.DELTA, Carried.TOOL, "delta"),
    MCP_ARGUMENTS("response.mcp_call_arguments.delta", Kind.DELTA, Carried.TOOL, "delta"),
    CODE("response.code_interpreter_call_code.delta", Kind.DELTA, Carried.TOOL, "delta"),
    REFUSAL("response.refusal.delta", Kind.DELTA, Carried.REFUSAL, "delta"),

    TEXT_DONE("response.output_text.done", Kind.DONE, Carried.CONTENT, "text"),
    REASONING_DONE("response.reasoning_text.done", Kind.DONE, Carried.REASONING, "text"),
    SUMMARY_DONE("response.reasoning_summary_text.done", Kind.DONE, Carried.REASONING, "text"),
    ARGUMENTS_DONE("response.function_call_arguments.done", Kind.DONE, Carried.TOOL, "arguments"),
    CUSTOM_INPUT_DONE("response.custom_tool_call_input.done", Kind.DONE, Carried.TOOL, "input"),
    MCP_ARGUMENTS_DONE("response.mcp_call_arguments.done", Kind.DONE, Carried.TOOL, "arguments"),
    CODE_DONE("response.code_interpreter_call_code.done", Kind.DONE, Carried.TOOL, "code"),
    REFUSAL_DONE("response.refusal.done", Kind.DONE, Carried.REFUSAL, "refusal"),

    ITEM_ADDED("response.output_item.added", Kind.ITEM, 0, "item"),

    COMPLETED("response.completed", Kind.END, 0, "response"),
    INCOMPLETE("response.incomplete", Kind.END, 0, "response"),
    FAILED("response.failed", Kind.FAILED, 0, "response");

    /** What an event of a kind is to a request. */
    enum Kind {
        /** A piece of text. */
        DELTA,
        /** The whole of a text, which is nothing new where its pieces came. */
        DONE,
        /** A part of the answer begins, which may be a call of a function by its name. */
        ITEM,
        /** The end. */
        END,
        /** The end of an answer that broke. */
        FAILED
    }

    private final byte[] type;
    private final Kind kind;
    private final int channel;
    private final byte[] field;

    ResponsesEvent(String type, Kind kind, int channel, String field) {
        this.type = LayoutScanner.ascii(type);
        this.kind = kind;
        this.channel = channel;
        this.field = LayoutScanner.ascii(field);
    }

    /** By what name the protocol knows it. */
    byte[] type() {
        return type;
    }

    /** What it is to a request. */
    Kind kind() {
        return kind;
    }

    /** Of what channel its text is: a bit of {@link Carried}. */
    int channel() {
        return channel;
    }

    /** The field of it that matters. */
    byte[] field() {
        return field;
    }
}
