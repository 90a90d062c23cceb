package io.inferometer.endpoint.nio;

import io.inferometer.endpoint.Breakage;
import java.net.ProtocolException;

/** A response that is not what HTTP allows, or longer than is taken. */
final class BrokenResponse extends ProtocolException {
    private static final long serialVersionUID = 1L;

    private final Breakage.Kind kind;

    BrokenResponse(Breakage.Kind kind, String detail) {
        super(detail);
        this.kind = kind;
    }

    /** What it means for its request. */
    Breakage breakage(Breakage.Stage stage) {
        return new Breakage(stage, kind, getMessage(), this);
    }
}
