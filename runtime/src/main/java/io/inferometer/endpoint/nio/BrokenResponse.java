package io.inferometer.endpoint.nio;

import io.inferometer.endpoint.Failure;
import java.net.ProtocolException;

/** A response that is not what HTTP allows, or longer than is taken. */
final class BrokenResponse extends ProtocolException {
    private static final long serialVersionUID = 1L;

    private final Failure.Kind kind;

    BrokenResponse(Failure.Kind kind, String detail) {
        super(detail);
        this.kind = kind;
    }

    /** What it means for its request. */
    Failure failure(Failure.Stage stage) {
        return new Failure(stage, kind, getMessage(), this);
    }
}
