package io.inferometer.simulator.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes the events of a well-formed stream in another form, allowed or not, by the faults of that stage. */
public final class Distortion {
    private static final String PING =
            ": keep-alive\n\nevent: ping\nid: 7\nretry: 1000\ndata: {\"type\":\"ping\"}\n\n:\n";
    /** By how much chunk sizes are wrong. */
    private static final int LIE = 8;

    private final Fault fault;
    private final String lastEvent;

    /** A fault in the form of a stream; {@code lastEvent} is how the event begins that ends it. */
    public Distortion(Fault fault, String lastEvent) {
        this.fault = fault;
        this.lastEvent = lastEvent;
    }

    /** What is written in the place of whole chunks of a body, in how many pieces. */
    public List<ByteBuf> of(ByteBuf chunks) {
        if (fault.stage() != Fault.Stage.FORM) {
            return List.of(chunks);
        }
        if (fault == Fault.TRICKLE) {
            List<ByteBuf> bytes = new ArrayList<>();
            while (chunks.readableBytes() > 1) {
                bytes.add(chunks.readRetainedSlice(1));
            }
            bytes.add(chunks);
            return bytes;
        }
        // A byte a character, whatever it stands for: sizes of chunks count bytes.
        String distorted = distorted(chunks.toString(ISO_8859_1));
        return List.of(chunks.clear().writeBytes(distorted.getBytes(ISO_8859_1)));
    }

    /** The chunks, each of which holds one event, or nothing at the end of the body. */
    private String distorted(String chunks) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < chunks.length()) {
            int data = chunks.indexOf("\r\n", at) + 2;
            int end = data + Integer.parseInt(chunks, at, data - 2, 16);
            if (end == data) {
                text.append(chunks, at, chunks.length());
                break;
            }
            chunk(text, event().apply(chunks.substring(data, end)));
            at = end + 2;
        }
        return text.toString();
    }

    private UnaryOperator<String> event() {
        return switch (fault) {
            case CRLF -> event -> event.replace("\n", "\r\n");
            case CR -> event -> event.replace('\n', '\r');
            case PINGS -> event -> PING + event;
            case NO_DONE -> event -> event.startsWith(lastEvent) ? "" : event;
            case NO_BLANK -> event -> event.startsWith(lastEvent) ? event.strip() : event;
            default -> event -> event;
        };
    }

    private void chunk(StringBuilder text, String event) {
        if (event.isEmpty()) {
            return;
        }
        int size = event.length() + (fault == Fault.LONG_CHUNKS ? LIE : fault == Fault.SHORT_CHUNKS ? -LIE : 0);
        text.append(Integer.toHexString(size)).append("\r\n").append(event).append("\r\n");
    }
}
