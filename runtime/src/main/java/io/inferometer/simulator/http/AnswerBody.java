package io.inferometer.simulator.http;

import io.inferometer.simulator.engine.Generation;

/** An answer on its way to the client. Confined to the connection's event loop. */
interface AnswerBody extends Generation.Sink {
    /** Sends what comes before the first token. */
    void start();

    /** The connection takes bytes again. */
    void resume();

    /** The client has gone. */
    default void close() {}
}
