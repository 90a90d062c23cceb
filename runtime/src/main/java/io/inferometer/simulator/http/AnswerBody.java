package io.inferometer.simulator.http;

import io.inferometer.simulator.engine.Generation;

/** An answer on its way to the client. Confined to the connection's event loop. */
interface AnswerBody extends Generation.Sink {
    /**
     * The member of each event's JSON object, and of a whole answer's, that holds {@link System#nanoTime} of the server's
     * process directly before the write. Only differences of such values mean anything. It comes first in the object.
     */
    String SENT_NANOS = "sent_nanos";

    /**
     * The member of a stream's first event, and of a whole answer, that holds {@link System#nanoTime} of the server's
     * process when the request had been read to its end. It follows {@link #SENT_NANOS}.
     */
    String RECEIVED_NANOS = "received_nanos";

    /** Sends what comes before the first token. */
    void start();

    /** The connection takes bytes again. */
    void resume();
}
